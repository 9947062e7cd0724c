-- strata: irreversible "an example"
CREATE TABLE visits (id bigint PRIMARY KEY, at timestamp, until timestamp without time zone);
