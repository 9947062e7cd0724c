-- strata: irreversible "an example"
ALTER DOMAIN contact ADD CONSTRAINT not_empty CHECK (VALUE <> '') NOT VALID;
