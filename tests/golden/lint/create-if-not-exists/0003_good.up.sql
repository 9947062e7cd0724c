-- strata: irreversible "an example"
CREATE TABLE people (id bigint PRIMARY KEY);
