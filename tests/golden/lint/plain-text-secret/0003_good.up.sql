-- strata: irreversible "an example"
CREATE ROLE app_reader LOGIN;
ALTER ROLE app_reader PASSWORD NULL;
