ALTER TABLE logs_2026 ADD COLUMN line text;

-- Careful: fails while a row of table logs_2026 lies outside the bounds.
ALTER TABLE logs ATTACH PARTITION logs_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
