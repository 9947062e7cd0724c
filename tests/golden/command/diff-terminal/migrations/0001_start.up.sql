CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE people (id bigint PRIMARY KEY, mail text, phone text, born date);
CREATE TABLE logs (at timestamptz, what text);
