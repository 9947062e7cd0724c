-- CONCURRENTLY cannot run in a transaction, so this file holds nothing else.
CREATE INDEX CONCURRENTLY users_created_at_idx ON users (created_at);
