ALTER TABLE users RENAME CONSTRAINT users_pkey TO people_pkey;
ALTER TABLE users RENAME COLUMN email TO mail;
ALTER TABLE users RENAME TO people;
