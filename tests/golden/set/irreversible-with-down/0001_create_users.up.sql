-- strata: irreversible "gone"
CREATE TABLE users (id bigint PRIMARY KEY);
