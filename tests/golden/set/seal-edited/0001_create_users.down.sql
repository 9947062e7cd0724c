DROP TABLE users;
-- more
