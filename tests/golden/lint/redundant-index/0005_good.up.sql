-- strata: irreversible "an example"
CREATE TABLE other (a int, b int, PRIMARY KEY (a, b));
CREATE UNIQUE INDEX other_a_key ON other (a);
CREATE INDEX other_b_idx ON other (b);
