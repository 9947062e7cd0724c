-- strata: irreversible "an example"
CREATE TABLE stays (id integer GENERATED ALWAYS AS IDENTITY, PRIMARY KEY (id));
