DROP VIEW counted;

DROP VIEW named;

-- Careful: the new type of column users.name rewrites the table, which nobody can use meanwhile.
-- Careful: fails while column users.name holds a value too long for character varying(40).
ALTER TABLE users ALTER COLUMN name TYPE character varying(40);

CREATE VIEW named AS
SELECT users.id, users.name FROM users;

CREATE VIEW counted AS
SELECT count(*) AS n FROM named;
