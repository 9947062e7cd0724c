-- strata: irreversible "an example"
CREATE TABLE shelf (id bigint PRIMARY KEY, pieces integer CONSTRAINT shelf_pieces CHECK (pieces >= 0));
