-- strata: irreversible "an example"
CREATE TABLE sizes (name text PRIMARY KEY);
