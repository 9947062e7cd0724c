-- strata: irreversible "an example"
UPDATE users SET active = false;
