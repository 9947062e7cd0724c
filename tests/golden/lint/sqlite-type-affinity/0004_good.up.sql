-- strata: irreversible "an example"
CREATE TABLE c (id INTEGER PRIMARY KEY, phone TEXT, string TEXT);
