ALTER TABLE users ADD email text; CREATE INDEX users_email ON users (email);
