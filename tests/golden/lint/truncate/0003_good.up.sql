-- strata: irreversible "an example"
CREATE TABLE fresh (id bigint PRIMARY KEY, a text, b text);
TRUNCATE fresh;
DELETE FROM sessions WHERE expires_at < now();
