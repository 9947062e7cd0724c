-- strata: irreversible "an example"
CREATE TABLE lands (code char(2) PRIMARY KEY);
