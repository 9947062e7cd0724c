-- strata: irreversible "an example"
CREATE TABLE visits (id bigserial PRIMARY KEY);
