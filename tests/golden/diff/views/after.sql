CREATE TABLE users (id bigint PRIMARY KEY, name text);
CREATE VIEW named AS SELECT id, name FROM users;
CREATE VIEW counted AS SELECT count(*) AS n FROM named;
