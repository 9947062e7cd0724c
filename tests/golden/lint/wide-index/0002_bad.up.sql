-- strata: irreversible "an example"
CREATE INDEX CONCURRENTLY users_wide ON users (name, email, nickname, country);
