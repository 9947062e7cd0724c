-- strata: irreversible "an example"
CREATE TABLE labels (name text);
ALTER TABLE labels ADD PRIMARY KEY (name);
CREATE TEMP TABLE scratch (a int);
CREATE TABLE events_2021 PARTITION OF events FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
