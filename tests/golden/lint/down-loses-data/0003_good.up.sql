ALTER TABLE users ADD COLUMN note text;
CREATE TABLE b (id bigint PRIMARY KEY);
