-- strata: no-transaction
SET lock_timeout = 0;
VACUUM;
