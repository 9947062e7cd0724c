-- strata: irreversible "an example"
CREATE DOMAIN height AS integer;
