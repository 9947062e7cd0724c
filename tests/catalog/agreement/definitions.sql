CREATE TYPE mood AS ENUM ('sad', 'ok');

CREATE DOMAIN posint AS integer CHECK (VALUE > 0);

CREATE TABLE t1 (a integer DEFAULT 'x');

CREATE TABLE t1 (a integer DEFAULT true);

CREATE TABLE t1 (a boolean DEFAULT 0);

CREATE TABLE t1 (
  a integer,
  b integer DEFAULT a
);

CREATE TABLE t1 (a integer DEFAULT (SELECT 1));

CREATE TABLE t1 (a integer DEFAULT count(*));

CREATE TABLE t1 (a integer DEFAULT nope());

CREATE TABLE t1 (a integer DEFAULT nextval('nope'));

CREATE TABLE t1 (a uuid DEFAULT uuid_generate_v4());

CREATE TABLE t1 (a uuid DEFAULT gen_random_uuid(), b timestamptz DEFAULT now(), c text DEFAULT 'x', d jsonb DEFAULT '{}'::jsonb, e text[] DEFAULT '{}', f mood DEFAULT 'ok', g numeric DEFAULT 0, h varchar(10) DEFAULT 5, i date DEFAULT current_date, j interval DEFAULT '1 day', k text DEFAULT 5, l posint DEFAULT 1);

CREATE TABLE t2 (a mood DEFAULT 'happy');

CREATE TABLE t2 (a uuid DEFAULT 'x');

CREATE TABLE t2 (a jsonb DEFAULT '{x}');

CREATE TABLE t2 (a timestamp DEFAULT 'abc');

CREATE TABLE t2 (a timestamptz DEFAULT 0);

CREATE TABLE t2 (a bytea DEFAULT '\xZZ');

CREATE TABLE t2 (a bigint DEFAULT 'abc');

CREATE TABLE t2 (a smallint DEFAULT 'abc');

CREATE TABLE t2 (a integer CHECK (a));

CREATE TABLE t2 (a integer CHECK (a > 0 AND b > 0));

CREATE TABLE t2 (a integer CHECK (a > (SELECT 1)));

CREATE TABLE t2 (a integer CHECK (count(a) > 1));

CREATE TABLE t2 (a integer CHECK (row_number() OVER () > 1));

CREATE TABLE t2 (a text CHECK (a > 1));

CREATE TABLE t2 (a text CHECK (lenght(a) > 1));

CREATE TABLE t2 (a text CHECK (length(a) > 1 AND a ~ '^x' AND a IN ('x', 'y')), b mood CHECK (b <> 'sad'));

CREATE TABLE t3 (b mood CHECK (b <> 'angry'));

CREATE TABLE t3 (a integer, b integer GENERATED ALWAYS AS (a + 1) STORED);

CREATE TABLE t4 (a integer, b integer GENERATED ALWAYS AS (c + 1) STORED);

CREATE TABLE t4 (a integer, b integer GENERATED ALWAYS AS (a + random()) STORED);

CREATE TABLE t4 (a integer, b integer GENERATED ALWAYS AS ((SELECT 1)) STORED);

CREATE TABLE t4 (a integer, b integer GENERATED ALWAYS AS (a) STORED, c integer GENERATED ALWAYS AS (b) STORED);

CREATE TABLE t4 (a text, b tsvector GENERATED ALWAYS AS (to_tsvector('english', a)) STORED);

CREATE TABLE t5 (a text, b tsvector GENERATED ALWAYS AS (to_tsvector(a)) STORED);

CREATE TABLE t5 (a timestamptz, b date GENERATED ALWAYS AS (a::date) STORED);

CREATE TABLE t5 (a text, b text GENERATED ALWAYS AS (a || 'x') STORED, c text GENERATED ALWAYS AS (lower(a)) STORED);

CREATE TABLE t6 (a text, b integer GENERATED ALWAYS AS (a) STORED);

CREATE INDEX ON t1 (lower(c));

CREATE INDEX ON t1 (lower(cc));

CREATE INDEX ON t1 (lowr(c));

CREATE INDEX ON t1 (lower(b));

CREATE INDEX ON t1 ((b::date));

CREATE INDEX ON t1 (date_trunc('day', b));

CREATE INDEX ON t1 (date_trunc('day', b AT TIME ZONE 'utc'));

CREATE INDEX ON t1 ((now()));

CREATE INDEX ON t1 (c) WHERE b > now();

CREATE INDEX ON t1 (c) WHERE b > current_date;

CREATE INDEX ON t1 (c) WHERE c;

CREATE INDEX ON t1 (c) WHERE f = 'ok';

CREATE INDEX ON t1 (c) WHERE f = 'nope';

CREATE INDEX ON t1 ((d->>'a'), ((d->'b')::text), ((d->>'n')::int));

CREATE INDEX ON t1 (((d->>'n')::date));

CREATE INDEX ON t1 ((i || 'x'));

CREATE INDEX ON t1 ((g::text));

CREATE INDEX ON t1 ((i::text));

CREATE INDEX ON t1 (md5(c), coalesce(c, ''), (c || c), concat(c, 'x'));

CREATE INDEX ON t1 (count(c));

CREATE INDEX ON t1 ((SELECT 1));

ALTER TABLE t1 ADD COLUMN z integer DEFAULT 'q';

ALTER TABLE t1 ADD COLUMN z integer DEFAULT 1;

ALTER TABLE t1 ALTER COLUMN z SET DEFAULT 'q';

ALTER TABLE t1 ALTER COLUMN z SET DEFAULT z;

ALTER TABLE t1 ALTER COLUMN z SET DEFAULT true;

ALTER TABLE t1 ADD CONSTRAINT c CHECK (zz > 0);

ALTER TABLE t1 ADD CONSTRAINT c CHECK (z);

ALTER TABLE t1 ADD CONSTRAINT c CHECK (z > 0);

ALTER TABLE t1 ALTER COLUMN c TYPE integer;

ALTER TABLE t1 ALTER COLUMN c TYPE integer USING c::integer;

ALTER TABLE t1 ALTER COLUMN c TYPE integer USING cc::integer;

CREATE TABLE t7 (a nosuch);

CREATE TABLE t7 (a string);

CREATE TABLE t7 (a varchar(0));

CREATE TABLE t7 (a numeric(2000));

CREATE TABLE t7 (a integer(5));

CREATE TABLE t7 (a public.mood, b mood[], c numeric(10, 2)[], d timestamp(3) with time zone, e double precision, f character varying(3), g bit(3), h "char", i time without time zone, j interval hour to minute, k int4range, l pg_catalog.int4);
