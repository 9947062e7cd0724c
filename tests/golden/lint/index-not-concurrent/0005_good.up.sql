-- strata: irreversible "an example"
CREATE INDEX CONCURRENTLY users_email_idx ON users (email);
