ALTER TABLE users
    ADD COLUMN avatar_url text,
    ADD COLUMN avatar_updated_at timestamptz;
