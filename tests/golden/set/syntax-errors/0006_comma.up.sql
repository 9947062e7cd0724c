-- strata: irreversible "an example"
ALTER TABLE a ADD COLUMN b int ADD COLUMN c int;
