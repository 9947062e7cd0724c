-- strata: irreversible "an example"
ALTER TABLE events_2026 ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY;
