-- strata: irreversible "an example"
CREATE TABLE billing.things (id bigint PRIMARY KEY);
