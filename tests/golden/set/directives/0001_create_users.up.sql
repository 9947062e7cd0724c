-- strata: no-transacton
-- strata: alow drop-table "x"
-- strata: irreversible
-- strata: lock-timeout 2 parsecs
-- strata: allow
-- strata: allow drop-table no quotes
-- strata no-transaction
-- strata: renamed-from x
-- strata:
-- strata: statement-timeout 5min
-- strata: statement-timeout 6min
CREATE TABLE users (id bigint PRIMARY KEY);
-- strata: lock-timeout 2s
SELECT $$
-- strata: inside a string
$$;
-- strata: allow drop-table "nothing below"
