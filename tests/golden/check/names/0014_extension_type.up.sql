ALTER TABLE users ADD COLUMN handle citext;
