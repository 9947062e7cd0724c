DROP VIEW counted;

DROP VIEW named;

ALTER TABLE users ALTER COLUMN name TYPE text;

CREATE VIEW named AS
SELECT users.id, users.name FROM users;

CREATE VIEW counted AS
SELECT count(*) AS n FROM named;
