ALTER TABLE settings ADD COLUMN value text NOT NULL;
ALTER TABLE labels ADD COLUMN value text NOT NULL;
