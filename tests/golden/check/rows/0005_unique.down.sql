DROP INDEX users_kind_key;
ALTER TABLE users DROP COLUMN kind;
