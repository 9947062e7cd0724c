-- strata: irreversible "an example"
CREATE TABLE fresh (a text, b text GENERATED ALWAYS AS (lower(a)) STORED);
