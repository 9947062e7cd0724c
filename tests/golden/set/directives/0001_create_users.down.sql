-- strata: irreversible "why"
DROP TABLE users;
