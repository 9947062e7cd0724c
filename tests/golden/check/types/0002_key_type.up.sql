CREATE TABLE posts (id bigint PRIMARY KEY, author uuid REFERENCES users (id));
