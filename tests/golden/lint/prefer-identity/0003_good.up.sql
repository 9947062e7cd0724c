-- strata: irreversible "an example"
CREATE TABLE stays (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
