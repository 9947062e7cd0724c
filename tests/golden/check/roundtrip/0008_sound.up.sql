CREATE TABLE sizes (id int PRIMARY KEY);
ALTER TABLE users ADD COLUMN size int REFERENCES sizes (id);
