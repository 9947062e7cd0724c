-- strata: irreversible "an example"
ALTER TABLE users ADD COLUMN bio varchar(500);
