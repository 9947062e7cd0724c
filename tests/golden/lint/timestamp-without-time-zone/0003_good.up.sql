-- strata: irreversible "an example"
CREATE TABLE stays (id bigint PRIMARY KEY, at timestamptz, day date);
