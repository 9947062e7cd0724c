CREATE TYPE span AS RANGE (subtype = bigint, multirange_type_name = spans);
CREATE TABLE t (a span);
