-- strata: irreversible "an example"
CREATE TABLE halls (name text, CONSTRAINT one_hall EXCLUDE USING btree (name WITH =));
