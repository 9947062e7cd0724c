ALTER TABLE users ADD COLUMN score integer;
