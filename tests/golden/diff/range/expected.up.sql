ALTER TABLE t
    ALTER COLUMN a TYPE text USING a::text;

DROP TYPE span;
CREATE TYPE span AS RANGE (subtype = bigint, multirange_type_name = spans);

ALTER TABLE t
    ALTER COLUMN a TYPE span USING a::text::span;
