ALTER TABLE orders ALTER COLUMN status DROP DEFAULT;

-- Careful: fails while a column holds 'lost'.
-- Careful: rewrites table orders, which nobody can use meanwhile.
ALTER TYPE status RENAME TO status_old;
CREATE TYPE status AS ENUM ('new', 'packed', 'paid');

ALTER TABLE orders
    ALTER COLUMN status TYPE status USING status::text::status;

DROP TYPE status_old;

ALTER TABLE orders ALTER COLUMN status SET DEFAULT 'new';
