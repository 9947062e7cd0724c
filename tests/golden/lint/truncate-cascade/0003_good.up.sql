-- strata: irreversible "an example"
CREATE TABLE fresh (id bigint PRIMARY KEY, a text, b text);
TRUNCATE fresh CASCADE;
TRUNCATE users, sessions, orders;
