-- strata: irreversible "an example"
DROP DATABASE reports;
