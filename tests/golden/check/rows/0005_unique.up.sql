ALTER TABLE users ADD COLUMN kind text DEFAULT 'x';
CREATE UNIQUE INDEX users_kind_key ON users (kind);
