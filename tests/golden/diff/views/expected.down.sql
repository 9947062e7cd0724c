DROP VIEW counted;

DROP VIEW named;

ALTER TABLE users ALTER COLUMN name TYPE character varying(40);

CREATE VIEW named AS
SELECT users.id, users.name FROM users;

CREATE VIEW counted AS
SELECT count(*) AS n FROM named;
