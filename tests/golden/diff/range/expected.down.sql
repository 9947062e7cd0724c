ALTER TABLE t
    ALTER COLUMN a TYPE text USING a::text;

DROP TYPE span;
CREATE TYPE span AS RANGE (subtype = integer);

ALTER TABLE t
    ALTER COLUMN a TYPE span USING a::text::span;
