ALTER TABLE users
    DROP COLUMN avatar_updated_at,
    DROP COLUMN avatar_url;
