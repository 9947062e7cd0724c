-- strata: irreversible "an example"
ALTER TABLE users ADD CONSTRAINT k UNIQUE (name);
