-- strata: irreversible "an example"
CREATE TABLE a (id INTEGER PRIMARY KEY, phone STRING);
