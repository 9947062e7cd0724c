-- strata: irreversible "an example"
CREATE TABLE years (year smallint PRIMARY KEY);
CREATE TABLE trips (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
