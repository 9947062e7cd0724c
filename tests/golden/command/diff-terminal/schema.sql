CREATE TYPE feeling AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE users (id bigint PRIMARY KEY, email text, tel text, birthday date);
CREATE TABLE events (other int);
