CREATE TABLE t (a int);
ALTER TABLE t ALTER a SET (n_distinct = -0.5);
CREATE FUNCTION plus(int, int) RETURNS int LANGUAGE internal STRICT IMMUTABLE AS 'int4pl';
