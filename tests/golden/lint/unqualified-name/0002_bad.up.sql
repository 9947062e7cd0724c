-- strata: irreversible "an example"
CREATE TABLE things (id bigint PRIMARY KEY);
