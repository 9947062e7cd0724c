-- strata: irreversible "an example"
CREATE TABLE person (name text PRIMARY KEY);
