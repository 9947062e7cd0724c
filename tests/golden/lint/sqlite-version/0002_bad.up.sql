-- strata: irreversible "an example"
CREATE TABLE strict (id INTEGER PRIMARY KEY) STRICT;
