-- strata: irreversible "an example"
ALTER TABLE sessions ALTER COLUMN user_id SET NOT NULL, ALTER COLUMN expires_at SET NOT NULL;
ALTER TABLE sessions ADD COLUMN a text;
ALTER TABLE sessions ADD COLUMN b text;
