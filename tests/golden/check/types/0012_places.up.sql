CREATE TABLE places (
  id int,
  ok boolean DEFAULT 1,
  x text GENERATED ALWAYS AS (lower(concat(id, 'a'))) STORED
);
CREATE INDEX new_users ON users (id)
  WHERE current_timestamp > '2026-01-01';
