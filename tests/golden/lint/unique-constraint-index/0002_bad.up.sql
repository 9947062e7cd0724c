-- strata: irreversible "an example"
ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE (email);
