-- strata: irreversible "an example"
CREATE TABLE stock (id bigint PRIMARY KEY, pieces integer CHECK (pieces >= 0));
