INSERT INTO users (email, bio) VALUES ('c@example.org', '') ON CONFLICT (bio) DO NOTHING;
