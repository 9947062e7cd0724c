-- strata: irreversible "an example"
CREATE TABLE IF NOT EXISTS users (id bigint PRIMARY KEY);
