-- strata: irreversible "an example"
DELETE FROM users WHERE name = 'pg';
