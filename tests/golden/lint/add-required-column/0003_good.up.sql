-- strata: irreversible "an example"
ALTER TABLE users ADD COLUMN plan text NOT NULL DEFAULT 'free';
ALTER TABLE users ADD COLUMN note text;
CREATE TABLE fresh (id bigint PRIMARY KEY, a text, b text);
ALTER TABLE fresh ADD COLUMN c text NOT NULL;
