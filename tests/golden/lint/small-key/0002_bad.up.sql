-- strata: irreversible "an example"
CREATE TABLE visits (id serial PRIMARY KEY);
