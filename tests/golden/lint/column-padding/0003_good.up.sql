-- strata: irreversible "an example"
CREATE TABLE tight (id bigint PRIMARY KEY, b bigint, d bigint, a boolean, c boolean);
