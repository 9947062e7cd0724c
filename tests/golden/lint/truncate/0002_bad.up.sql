-- strata: irreversible "an example"
TRUNCATE sessions, users, orders;
