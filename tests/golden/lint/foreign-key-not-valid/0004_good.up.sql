-- strata: irreversible "an example"
CREATE TABLE fresh (id bigint PRIMARY KEY, a text, b text);
ALTER TABLE fresh ADD CONSTRAINT f FOREIGN KEY (id) REFERENCES users (id);
ALTER TABLE sessions ADD CONSTRAINT s FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;
