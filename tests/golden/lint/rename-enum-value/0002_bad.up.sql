-- strata: irreversible "an example"
ALTER TYPE mood RENAME VALUE 'glad' TO 'happy';
