CREATE TABLE builds (id integer PRIMARY KEY, release_id integer);
CREATE TABLE logs (id integer PRIMARY KEY, build_id integer REFERENCES builds (id));
