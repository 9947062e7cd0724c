-- strata: irreversible "an example"
ALTER TABLE events DETACH PARTITION events_2020;
