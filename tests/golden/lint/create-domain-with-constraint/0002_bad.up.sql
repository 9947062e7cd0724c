-- strata: irreversible "an example"
CREATE DOMAIN age AS integer CHECK (VALUE >= 0);
