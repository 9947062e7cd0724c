-- strata: irreversible "an example"
DELETE FROM sessions;
