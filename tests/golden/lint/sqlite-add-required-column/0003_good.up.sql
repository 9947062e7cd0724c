-- strata: irreversible "an example"
ALTER TABLE users ADD COLUMN plan TEXT NOT NULL DEFAULT 'free';
