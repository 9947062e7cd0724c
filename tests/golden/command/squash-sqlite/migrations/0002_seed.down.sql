DROP TABLE notes;
DROP INDEX users_name;
DELETE FROM users;
