-- strata: irreversible "an example"
ALTER TABLE rooms ADD COLUMN id bigserial;
