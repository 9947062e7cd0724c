-- strata: irreversible "an example"
ALTER DOMAIN contact VALIDATE CONSTRAINT not_empty;
