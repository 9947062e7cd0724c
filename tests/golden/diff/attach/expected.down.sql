ALTER TABLE logs DETACH PARTITION logs_2026;

-- Careful: destroys the data of column logs_2026.line.
ALTER TABLE logs_2026 DROP COLUMN line;
