-- strata: irreversible "an example"
CREATE TABLE b (id INTEGER PRIMARY KEY, place POINT);
