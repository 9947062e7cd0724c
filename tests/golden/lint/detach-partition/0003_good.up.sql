-- strata: irreversible "an example"
CREATE TABLE logs (at timestamptz) PARTITION BY RANGE (at);
CREATE TABLE logs_1 PARTITION OF logs DEFAULT;
ALTER TABLE logs DETACH PARTITION logs_1;
