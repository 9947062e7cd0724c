-- CONCURRENTLY locks nobody out and cannot run in a transaction: it runs outside one, journalled.
CREATE INDEX CONCURRENTLY entries_written_at ON entries (written_at);
