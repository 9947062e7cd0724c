ALTER TABLE users ALTER COLUMN email TYPE integer;
