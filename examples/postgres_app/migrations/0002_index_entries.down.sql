DROP INDEX CONCURRENTLY entries_written_at;
