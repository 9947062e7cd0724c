INSERT INTO users (email, bio) VALUES ('c@example.org');
