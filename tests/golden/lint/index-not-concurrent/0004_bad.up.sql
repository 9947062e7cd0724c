-- strata: irreversible "an example"
CREATE INDEX events_at_idx ON events (at);
