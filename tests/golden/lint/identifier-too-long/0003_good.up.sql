-- strata: irreversible "an example"
CREATE TABLE short (id bigint PRIMARY KEY);
