-- strata: irreversible "an example"
CREATE TABLE wide (a int, b int, PRIMARY KEY (a, b));
CREATE INDEX wide_a_idx ON wide (a);
