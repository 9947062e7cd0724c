CREATE TABLE builds (id integer, release_id integer, PRIMARY KEY (id, release_id));
