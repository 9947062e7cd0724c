CREATE TABLE notes (id bigint PRIMARY KEY, bio text REFERENCES users (bio));
