ALTER TABLE users ADD COLUMN seen timestamptz DEFAULT nwo();
