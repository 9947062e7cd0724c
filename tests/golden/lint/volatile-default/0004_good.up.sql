-- strata: irreversible "an example"
ALTER TABLE users ADD COLUMN made timestamptz NOT NULL DEFAULT now();
ALTER TABLE users ADD COLUMN plan text DEFAULT 'free';
ALTER TABLE users ADD COLUMN key uuid;
ALTER TABLE users ALTER COLUMN key SET DEFAULT gen_random_uuid();
