-- strata: irreversible "an example"
ALTER TABLE a ADD INDEX (b);
