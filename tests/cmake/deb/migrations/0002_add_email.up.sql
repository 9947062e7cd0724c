-- strata: irreversible "sent"
ALTER TABLE users ADD COLUMN email text;