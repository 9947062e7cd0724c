CREATE INDEX users_bio_idx ON users USING gin (bio gin_trgm_ops);
