INSERT INTO users (name) VALUES ('root'), ('o''x');
UPDATE users SET m = 'sad' WHERE name = 'root';

CREATE TABLE teams (name text PRIMARY KEY, lead bigint REFERENCES users, size int DEFAULT 1);
INSERT INTO teams (name, lead) SELECT 'team of ' || name, id FROM users;
