-- strata: irreversible "an example"
-- strata: no-transaction
ALTER TABLE users ADD COLUMN note text;
CREATE INDEX CONCURRENTLY users_note_idx ON users (note);
