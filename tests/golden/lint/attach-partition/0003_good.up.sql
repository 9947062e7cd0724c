-- strata: irreversible "an example"
CREATE TABLE events_2027 (at timestamptz NOT NULL, payload jsonb);
ALTER TABLE events ATTACH PARTITION events_2027 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
