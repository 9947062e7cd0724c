-- strata: irreversible "an example"
CREATE TABLE gaps (a boolean, b bigint, c boolean, d bigint, id bigint PRIMARY KEY);
