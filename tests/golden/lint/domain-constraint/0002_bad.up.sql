-- strata: irreversible "an example"
ALTER DOMAIN contact ADD CONSTRAINT has_at CHECK (VALUE LIKE '%@%');
