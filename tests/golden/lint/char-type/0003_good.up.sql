-- strata: irreversible "an example"
CREATE TABLE places (code text PRIMARY KEY);
