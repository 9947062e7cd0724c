CREATE TABLE users (id bigint PRIMARY KEY, email text, age integer, old_note text);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint NOT NULL);
