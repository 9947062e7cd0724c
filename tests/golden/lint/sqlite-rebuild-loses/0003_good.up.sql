-- strata: irreversible "an example"
CREATE TABLE notes_new (id INTEGER PRIMARY KEY);
DROP TABLE notes;
ALTER TABLE notes_new RENAME TO notes;
