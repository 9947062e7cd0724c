ALTER TABLE people RENAME TO users;
ALTER TABLE users RENAME COLUMN mail TO email;
ALTER TABLE users RENAME CONSTRAINT people_pkey TO users_pkey;
