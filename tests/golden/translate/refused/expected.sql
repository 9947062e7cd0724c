CREATE TEMP TABLE strata_refused (reason TEXT);
CREATE TEMP TRIGGER strata_refuses BEFORE INSERT ON strata_refused BEGIN SELECT RAISE(ABORT, '0001_case.up.sql cannot run on SQLite: a statement on "t": the function regexp_replace() has no counterpart on SQLite; write 0001_case.sqlite.up.sql, which then runs instead'); END;
INSERT INTO strata_refused VALUES ('refused');
-- warning: this migration cannot run on SQLite: a statement on "t": the function regexp_replace() has no counterpart on SQLite
