-- strata: irreversible "an example"
-- strata: no-transaction
CREATE UNIQUE INDEX CONCURRENTLY events_2026_at_key ON events_2026 (at);
ALTER TABLE events_2026 ADD CONSTRAINT events_2026_pkey PRIMARY KEY USING INDEX events_2026_at_key;
