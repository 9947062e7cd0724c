ALTER TABLE users ADD COLUMN id text;
