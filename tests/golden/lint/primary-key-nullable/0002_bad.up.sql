-- strata: irreversible "an example"
-- strata: no-transaction
CREATE UNIQUE INDEX CONCURRENTLY rooms_name_key ON rooms (name);
ALTER TABLE rooms ADD CONSTRAINT rooms_pkey PRIMARY KEY USING INDEX rooms_name_key;
