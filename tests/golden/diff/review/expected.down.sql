-- file: _validate
ALTER TABLE items DROP CONSTRAINT items_order_id_fkey;

ALTER TABLE purchases DROP CONSTRAINT purchases_customer_id_fkey;

ALTER TABLE customers
    DROP CONSTRAINT customers_age_check,
    ALTER COLUMN name DROP NOT NULL,
    ADD CONSTRAINT customers_age_check CHECK (age >= 18) NOT VALID,
    ADD CONSTRAINT customers_name_not_null CHECK (name IS NOT NULL) NOT VALID;

ALTER TABLE purchases DROP CONSTRAINT purchases_customer_id_placed_at_key;

CREATE UNIQUE INDEX purchases_customer_id_placed_at_key ON purchases (customer_id, placed_at);

ALTER TABLE items ADD FOREIGN KEY (order_id) REFERENCES purchases (id) ON DELETE CASCADE NOT VALID;

ALTER TABLE purchases ADD FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;
-- file: _concurrently
-- strata: no-transaction

DROP INDEX CONCURRENTLY customers_mail_key;

DROP INDEX CONCURRENTLY purchases_customer_id_placed_at_key;
-- file: main
ALTER TABLE events DETACH PARTITION events_2023;

DROP POLICY own ON customers;

DROP TRIGGER orders_touch ON purchases;

DROP VIEW big_orders;

DROP MATERIALIZED VIEW totals;

ALTER TABLE items DROP CONSTRAINT items_order_id_fkey;

ALTER TABLE purchases DROP CONSTRAINT purchases_customer_id_fkey;

ALTER DOMAIN email DROP CONSTRAINT email_check;
ALTER DOMAIN email DROP NOT NULL;
ALTER DOMAIN email ADD CONSTRAINT email_check CHECK (value LIKE '%@%');

CREATE OR REPLACE FUNCTION touch()
RETURNS trigger
LANGUAGE plpgsql
AS $$BEGIN RETURN NEW; END$$;

-- Careful: destroys the data of column customers.country.
-- Careful: adding column customers.full_name rewrites the table, which nobody can use meanwhile: a stored generated column is worked out for every row.
ALTER TABLE customers
    DROP CONSTRAINT customers_age_check,
    DROP CONSTRAINT customers_name_not_null,
    DROP COLUMN full_name,
    DROP COLUMN country,
    ADD COLUMN full_name text GENERATED ALWAYS AS (name || ' x'::text) STORED,
    ALTER COLUMN id DROP IDENTITY;

CREATE SEQUENCE customers_id_seq AS integer;

-- Careful: the new type of column customers.id rewrites the table, which nobody can use meanwhile.
-- Careful: fails while column customers.id holds a value too large for integer.
-- Careful: the new type of column customers.note rewrites the table, which nobody can use meanwhile.
-- Careful: fails while column customers.note holds a value too long for character varying(20).
-- Careful: fails while a row of customers breaks customers_age_check.
ALTER TABLE customers
    ALTER COLUMN id TYPE integer,
    ALTER COLUMN id SET DEFAULT nextval('customers_id_seq'::regclass),
    ALTER COLUMN mood SET DEFAULT 'sad',
    ALTER COLUMN note TYPE character varying(20),
    ADD CONSTRAINT customers_age_check CHECK (age > 0),
    DISABLE ROW LEVEL SECURITY;

ALTER SEQUENCE customers_id_seq OWNED BY customers.id;
SELECT setval('customers_id_seq', max(id)) FROM customers;
REVOKE SELECT ON TABLE customers FROM reader;

-- Careful: fails while a row of table events_2023 lies outside the bounds.
ALTER TABLE events ATTACH PARTITION events_2023 FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');

-- Careful: the rows of table old_log do not come back.
CREATE TABLE old_log (
    id integer,
    order_id integer REFERENCES purchases (id)
);

-- Careful: what column purchases.address_street held does not come back.
-- Careful: what column purchases.address_city held does not come back.
-- Careful: the new type of column purchases.total rewrites the table, which nobody can use meanwhile.
-- Careful: the values of column purchases.total are rounded to integer, for good.
-- Careful: the new type of column purchases.placed_at rewrites the table, which nobody can use meanwhile.
-- Careful: the values of column purchases.placed_at are read in the session's time zone.
ALTER TABLE purchases
    ADD COLUMN address_street text,
    ADD COLUMN address_city text,
    ALTER COLUMN total TYPE integer,
    ALTER COLUMN placed_at TYPE timestamp without time zone,
    ALTER COLUMN state DROP DEFAULT;

-- Careful: fails while a column holds 'sent'.
-- Careful: rewrites table purchases, which nobody can use meanwhile.
ALTER TYPE stage RENAME TO stage_old;
CREATE TYPE stage AS ENUM ('draft', 'done');

ALTER TABLE purchases
    ALTER COLUMN state TYPE stage USING state::text::stage;

DROP TYPE stage_old;

ALTER TABLE purchases ALTER COLUMN state SET DEFAULT 'draft';

COMMENT ON TABLE purchases IS 'orders';
COMMENT ON COLUMN purchases.total IS NULL;

-- Careful: fails while items.order_id holds what purchases.id does not.
ALTER TABLE items ADD FOREIGN KEY (order_id) REFERENCES purchases (id);

CREATE VIEW big_orders AS
SELECT purchases.id, purchases.total
FROM purchases
WHERE (purchases.total > 100);

CREATE VIEW old_view AS
SELECT old_log.id, old_log.order_id FROM old_log;

CREATE MATERIALIZED VIEW totals AS
SELECT purchases.customer_id, sum(purchases.total) AS total
FROM purchases
GROUP BY purchases.customer_id;

CREATE UNIQUE INDEX totals_key ON totals (customer_id);

CREATE TRIGGER orders_touch
    BEFORE UPDATE ON purchases
    FOR EACH ROW
    EXECUTE FUNCTION touch();

-- Careful: destroys the data of table addresses.
DROP TABLE addresses;

-- Careful: destroys the data of table events_rest.
DROP TABLE events_rest;
-- file: _labels
ALTER TABLE purchases RENAME CONSTRAINT purchases_pkey TO orders_pkey;
ALTER SEQUENCE purchases_id_seq RENAME TO orders_id_seq;
ALTER TABLE purchases RENAME TO orders;

ALTER TABLE customers ALTER COLUMN mood DROP DEFAULT;

-- Careful: fails while a column holds 'calm'.
-- Careful: rewrites table customers, which nobody can use meanwhile.
ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('sad', 'happy', 'odd');

ALTER TABLE customers
    ALTER COLUMN mood TYPE mood USING mood::text::mood;

DROP TYPE mood_old;

ALTER TABLE customers ALTER COLUMN mood SET DEFAULT 'sad';
