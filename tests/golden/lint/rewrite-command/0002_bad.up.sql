-- strata: irreversible "an example"
VACUUM FULL users;
