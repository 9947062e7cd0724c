-- strata: irreversible "an example"
REINDEX TABLE users;
