-- strata: irreversible "an example"
ALTER TABLE elsewhere ADD CONSTRAINT c CHECK (a > 0) NOT VALID;
ALTER TABLE elsewhere VALIDATE CONSTRAINT c;
