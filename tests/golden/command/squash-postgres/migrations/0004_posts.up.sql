CREATE TABLE posts (id int PRIMARY KEY, u bigint REFERENCES users);
