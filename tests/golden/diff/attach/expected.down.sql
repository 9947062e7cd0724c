ALTER TABLE logs DETACH PARTITION logs_2026;

-- Careful: destroys the data of column line.
ALTER TABLE logs_2026 DROP COLUMN line;
