CREATE TABLE posts (id int PRIMARY KEY, author bigint REFERENCES users);
