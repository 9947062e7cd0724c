-- strata: irreversible "an example"
VACUUM users;
