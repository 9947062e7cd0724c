-- strata: irreversible "an example"
ALTER TABLE rooms ADD CONSTRAINT one_room EXCLUDE USING btree (name WITH =);
