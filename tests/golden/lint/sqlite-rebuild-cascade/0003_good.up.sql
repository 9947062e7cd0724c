-- strata: irreversible "an example"
DROP TABLE notes;
