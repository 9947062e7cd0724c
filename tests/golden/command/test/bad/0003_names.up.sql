CREATE VIEW names AS SELECT name FROM users;
CREATE TYPE mood AS ENUM ('ok');
