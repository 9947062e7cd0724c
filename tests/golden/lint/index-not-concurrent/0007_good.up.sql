-- strata: irreversible "an example"
CREATE INDEX rooms_name_idx ON rooms (name);
DROP TABLE rooms;
