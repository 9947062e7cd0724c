CREATE TABLE posts (id bigint PRIMARY KEY, author bigint REFERENCES users (id));
INSERT INTO posts VALUES (1, 99);
