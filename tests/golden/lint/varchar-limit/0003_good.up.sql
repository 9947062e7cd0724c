-- strata: irreversible "an example"
ALTER TABLE users ADD COLUMN about varchar;
ALTER TABLE users ADD COLUMN long text;
