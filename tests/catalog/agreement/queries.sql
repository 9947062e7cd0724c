CREATE TABLE users (
  id bigserial PRIMARY KEY,
  email text NOT NULL UNIQUE,
  name varchar(40),
  age integer,
  score numeric(10,2) DEFAULT 0,
  active boolean NOT NULL DEFAULT true,
  tags text[],
  data jsonb DEFAULT '{}',
  ip inet,
  uid uuid DEFAULT gen_random_uuid(),
  created_at timestamptz NOT NULL DEFAULT now(),
  birthday date
);

CREATE TABLE orders (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES users(id),
  total numeric,
  placed_on date,
  note text,
  doubled numeric GENERATED ALWAYS AS (total * 2) STORED
);

CREATE TABLE pairs (a integer, b integer, c text, PRIMARY KEY (a, b));

CREATE UNIQUE INDEX users_lower_email ON users (lower(email));

CREATE UNIQUE INDEX orders_open ON orders (user_id, placed_on) WHERE note IS NULL;

SELECT 1;

SELECT id, email FROM users;

SELECT emial FROM users;

SELECT u.emial
FROM users u;

SELECT x.email FROM users u;

SELECT users.email FROM users u;

SELECT * FROM uzers;

SELECT * FROM public.uzers;

SELECT * FROM nosuch.users;

SELECT id FROM users, orders;

SELECT users.id, orders.id FROM users JOIN orders ON users.id = orders.user_id;

SELECT users.id FROM users JOIN orders ON users.id = orders.usr_id;

SELECT count(*) FROM users WHERE lower(email) = 'x';

SELECT count(*), email FROM users;

SELECT count(*), email FROM users GROUP BY id;

SELECT o.id, u.email, count(*) FROM users u JOIN orders o ON o.user_id = u.id GROUP BY o.id;

SELECT a, c FROM pairs GROUP BY a, b;

SELECT a, c FROM pairs GROUP BY a;

SELECT email FROM users WHERE count(*) > 1;

SELECT email FROM users GROUP BY email HAVING count(*) > 1;

SELECT sum(count(*)) FROM users;

SELECT sum(email) FROM users;

SELECT sum(age), avg(score), max(created_at), min(email), bool_and(active) FROM users;

SELECT lowr(email) FROM users;

SELECT lower(email, 'x') FROM users;

SELECT lower() FROM users;

SELECT lower(age) FROM users;

SELECT length(email), char_length(email), substr(email, 1, 2), substring(email from 1 for 2), trim(both 'x' from email), position('a' in email), overlay(email placing 'x' from 1) FROM users;

SELECT extract(year from created_at), extract(epoch from now() - created_at), date_part('year', created_at), date_trunc('day', created_at) FROM users;

SELECT extract(year from email) FROM users;

SELECT email = 1 FROM users;

SELECT email || 1, email || 'x', 1 || email FROM users;

SELECT age + email FROM users;

SELECT age + '1', age + '1.5' FROM users;

SELECT age = 'abc' FROM users;

SELECT age = '12', id = '5', score > '1.5', active = 'yes', uid = '00000000-0000-0000-0000-000000000000' FROM users;

SELECT uid = 'xyz' FROM users;

SELECT active = 1 FROM users;

SELECT birthday = '2020-13-45' FROM users;

SELECT birthday = 'not a date' FROM users;

SELECT birthday = '2020-01-31', created_at > '2020-01-01 10:00:00+02', created_at > 'now', created_at - interval '1 day', birthday + 1 FROM users;

SELECT birthday + '1 day'::interval, now() - birthday, created_at::date - birthday FROM users;

SELECT created_at + 1 FROM users;

SELECT data->>'a', data->'b', data #>> '{a,b}', data @> '{"a":1}', data ? 'x', data - 'a', data || '{"b":2}' FROM users;

SELECT data @> '{a}' FROM users;

SELECT data->>'a' + 1 FROM users;

SELECT (data->>'a')::int + 1 FROM users;

SELECT data.a FROM users;

SELECT tags[1], tags[1:2], array_length(tags, 1), cardinality(tags), tags || 'x'::text, 'x' = ANY(tags), tags @> ARRAY['a'] FROM users;

SELECT tags || 'x' FROM users;

SELECT age = ANY(tags) FROM users;

SELECT age = ANY(age) FROM users;

SELECT age IN (1, 2, 3), email IN ('a', 'b'), age NOT IN (4) FROM users;

SELECT age IN ('a', 'b') FROM users;

SELECT email IN (1, 2) FROM users;

SELECT age IN (SELECT user_id FROM orders), EXISTS (SELECT 1 FROM orders WHERE user_id = users.id) FROM users;

SELECT age IN (SELECT id, user_id FROM orders) FROM users;

SELECT email IN (SELECT user_id FROM orders) FROM users;

SELECT (SELECT id, user_id FROM orders) FROM users;

SELECT CASE WHEN age > 1 THEN 'a' ELSE 'b' END, CASE age WHEN 1 THEN 2 ELSE 3.5 END FROM users;

SELECT CASE WHEN age > 1 THEN 1 ELSE email END FROM users;

SELECT CASE WHEN age THEN 1 END FROM users;

SELECT coalesce(age, 0), coalesce(email, 'x'), coalesce(created_at, now()), nullif(age, 0), greatest(1, 2.5, age), least(email, 'x') FROM users;

SELECT coalesce(age, email) FROM users;

SELECT coalesce(age, 'x') FROM users;

SELECT ARRAY[1, 2, 3], ARRAY['a', 'b'], ARRAY[1, 2.5], ARRAY[]::int[], ARRAY[[1,2],[3,4]];

SELECT ARRAY[];

SELECT ARRAY[1, 'a'];

SELECT ARRAY[1, true];

SELECT ROW(1, 2) = ROW(1, 3), (1, 2) < (3, 4), (age, email) = (1, 'x') FROM users;

SELECT (1, 2) = (1, 2, 3);

SELECT '1'::int, '1'::text::int, 1::text, 1::bool, 'true'::bool, '{1,2}'::int[], '12:00'::time, 'x'::varchar(3);

SELECT 'a'::int;

SELECT '{1,a}'::int[];

SELECT 1::uuid;

SELECT true::numeric;

SELECT 1::nosuch;

SELECT 'x'::nosuch.t;

SELECT age::numeric(5,2), age::varchar(3), age::integer(3) FROM users;

SELECT now()::date, now()::time, current_date - 1, current_timestamp, localtime, current_user, session_user;

SELECT * FROM users WHERE email;

SELECT * FROM users WHERE age AND active;

SELECT * FROM users WHERE NOT age;

SELECT * FROM users WHERE active IS TRUE AND age IS NOT NULL AND name IS DISTINCT FROM 'x';

SELECT * FROM users WHERE age IS TRUE;

SELECT * FROM users WHERE name LIKE '%x' AND name NOT ILIKE 'y' AND name ~ 'z' AND name SIMILAR TO 'q';

SELECT * FROM users WHERE age LIKE '1%';

SELECT * FROM users WHERE age BETWEEN 1 AND 10 AND name NOT BETWEEN 'a' AND 'b';

SELECT * FROM users WHERE age BETWEEN 'a' AND 10;

SELECT * FROM users ORDER BY email, 2, age DESC NULLS LAST LIMIT 10 OFFSET 5;

SELECT email AS e FROM users ORDER BY e;

SELECT email AS e FROM users ORDER BY e || 'x';

SELECT email AS e FROM users WHERE e = 'x';

SELECT email AS e, count(*) FROM users GROUP BY e;

SELECT email FROM users ORDER BY 3;

SELECT email FROM users GROUP BY 2;

SELECT email FROM users LIMIT 'x';

SELECT email FROM users LIMIT age;

SELECT DISTINCT email FROM users ORDER BY age;

SELECT DISTINCT ON (email) email, age FROM users ORDER BY email, age;

SELECT DISTINCT ON (email) email, age FROM users ORDER BY age;

SELECT DISTINCT data FROM users;

SELECT DISTINCT data::json FROM users;

SELECT 1 UNION SELECT 2 UNION ALL SELECT 3 ORDER BY 1;

SELECT 1 UNION SELECT 1, 2;

SELECT id, email FROM users
UNION
SELECT id FROM orders;

SELECT id FROM users UNION SELECT email FROM users;

SELECT 'a' UNION SELECT 1;

SELECT '1' UNION SELECT 1;

SELECT NULL UNION SELECT 1;

SELECT id FROM users UNION SELECT total FROM orders ORDER BY id;

SELECT id FROM users UNION SELECT total FROM orders ORDER BY total;

SELECT id FROM users UNION SELECT total FROM orders ORDER BY id + 1;

SELECT id FROM users EXCEPT SELECT user_id FROM orders;

VALUES (1, 'a'), (2, 'b');

VALUES (1, 'a'), (2);

VALUES (1), ('a');

SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS t(x, y) WHERE x > 1;

SELECT z FROM (VALUES (1, 'a'), (2, 'b')) AS t(x, y);

SELECT * FROM (SELECT id, email FROM users) s WHERE s.age > 1;

SELECT s.e FROM (SELECT email AS e FROM users) s;

SELECT * FROM users u, LATERAL (SELECT * FROM orders o WHERE o.user_id = u.id) x;

SELECT * FROM users u, (SELECT * FROM orders o WHERE o.user_id = u.id) x;

SELECT * FROM users u JOIN orders o USING (id);

SELECT * FROM users u JOIN orders o USING (user_id);

SELECT id FROM users u JOIN orders o USING (id);

SELECT email FROM users NATURAL JOIN orders;

SELECT * FROM users a JOIN users b ON a.id = b.id JOIN orders o ON o.user_id = c.id;

SELECT * FROM users a, orders o JOIN pairs p ON p.a = a.id;

SELECT * FROM users u, users u;

SELECT * FROM users, users;

SELECT * FROM users LEFT JOIN orders ON users.id;

SELECT * FROM generate_series(1, 10) g WHERE g > 5;

SELECT g.x FROM generate_series(1, 10) AS g(x);

SELECT g.y FROM generate_series(1, 10) AS g(x);

SELECT elem->>'a' FROM users, jsonb_array_elements(data) elem;

SELECT value->>'a' FROM users, jsonb_array_elements(data);

SELECT key, value FROM users, jsonb_each(data);

SELECT t.key, t.valu FROM users, jsonb_each(data) t;

SELECT * FROM unnest(ARRAY[1,2]) WITH ORDINALITY AS t(v, n) WHERE n > v;

SELECT * FROM json_to_record('{"a":1}') AS x(a int, b text);

SELECT * FROM json_to_record('{"a":1}') AS x;

SELECT * FROM jsonb_to_recordset('[]') AS x(a int, b text) WHERE a = 1 AND b = 'x';

SELECT unnest(tags), generate_series(1, 3) FROM users;

SELECT * FROM users WHERE generate_series(1, 3) = 1;

SELECT row_number() OVER (PARTITION BY email ORDER BY id), rank() OVER w, sum(age) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM users WINDOW w AS (ORDER BY age);

SELECT row_number() FROM users;

SELECT sum(age) OVER x FROM users;

SELECT * FROM users WHERE row_number() OVER () = 1;

SELECT lower(email) OVER () FROM users;

SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY age), mode() WITHIN GROUP (ORDER BY email) FROM users;

SELECT string_agg(email, ',' ORDER BY id), array_agg(age), array_agg(DISTINCT email), json_agg(users), jsonb_object_agg(email, age) FROM users;

SELECT string_agg(email) FROM users;

SELECT count(*) FILTER (WHERE active), count(DISTINCT email) FROM users;

SELECT count() FROM users;

SELECT lower(*) FROM users;

SELECT max(DISTINCT) FROM users;

WITH t AS (SELECT id FROM users) SELECT * FROM t;

WITH t AS (SELECT id FROM users) SELECT email FROM t;

WITH t(a) AS (SELECT id FROM users) SELECT a FROM t;

WITH t(a, b) AS (SELECT id FROM users) SELECT a FROM t;

WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 10) SELECT n FROM r;

WITH RECURSIVE r AS (SELECT 1 AS n, 'a' AS path UNION ALL SELECT n + 1, path || 'b' FROM r) SELECT * FROM r;

WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1.5 FROM r) SELECT * FROM r;

WITH r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT * FROM r;

WITH a AS (SELECT * FROM b), b AS (SELECT 1) SELECT * FROM a;

WITH d AS (DELETE FROM orders WHERE id = 1 RETURNING *) INSERT INTO pairs SELECT id, user_id, note FROM d;

WITH d AS (DELETE FROM orders WHERE id = 1) SELECT * FROM d;

WITH x AS (SELECT 1), x AS (SELECT 2) SELECT * FROM x;

INSERT INTO users (email) VALUES ('a');

INSERT INTO users (email, age) VALUES ('a');

INSERT INTO users (email) VALUES ('a', 1);

INSERT INTO users (email, age)
VALUES ('a', 1),
       ('b', 2, 3);

INSERT INTO users (emial) VALUES ('a');

INSERT INTO users (email, email) VALUES ('a', 'b');

INSERT INTO users (email, age) VALUES ('a', 'x');

INSERT INTO users (email, age) VALUES ('a', '7');

INSERT INTO users (email, age) VALUES ('a', true);

INSERT INTO users (email, active) VALUES ('a', 1);

INSERT INTO users (email, data) VALUES ('a', '{bad}');

INSERT INTO users (email, tags) VALUES ('a', '{a,b}');

INSERT INTO users (email, tags) VALUES ('a', 'a');

INSERT INTO users (email, uid) VALUES ('a', 'zzz');

INSERT INTO users (email, created_at) VALUES ('a', DEFAULT);

INSERT INTO users (email, created_at) SELECT email, now() FROM users;

INSERT INTO users (email, age) SELECT email, email FROM users;

INSERT INTO users (email, age) SELECT email, '5' FROM users;

INSERT INTO users (email, age) SELECT email, 'x' FROM users;

INSERT INTO users (email, age) SELECT email FROM users;

INSERT INTO users (email) SELECT email, age FROM users;

INSERT INTO pairs VALUES (1, 2, 'x');

INSERT INTO pairs VALUES (1, 2, 'x', 4);

INSERT INTO pairs VALUES (1);

INSERT INTO orders (id, user_id) VALUES (1, 2);

INSERT INTO orders (id, user_id) OVERRIDING SYSTEM VALUE VALUES (1, 2);

INSERT INTO orders (user_id, doubled) VALUES (1, 2);

INSERT INTO orders (user_id, doubled) VALUES (1, DEFAULT);

INSERT INTO users (email) VALUES ('a') ON CONFLICT DO NOTHING;

INSERT INTO users (email) VALUES ('a') ON CONFLICT (email) DO NOTHING;

INSERT INTO users (email) VALUES ('a') ON CONFLICT (age) DO NOTHING;

INSERT INTO users (email) VALUES ('a') ON CONFLICT (emial) DO NOTHING;

INSERT INTO users (email) VALUES ('a') ON CONFLICT (lower(email)) DO NOTHING;

INSERT INTO users (email) VALUES ('a') ON CONFLICT (email) DO UPDATE SET age = excluded.age + 1, email = EXCLUDED.email WHERE users.age IS NULL;

INSERT INTO users (email) VALUES ('a') ON CONFLICT (email) DO UPDATE SET age = excluded.agee;

INSERT INTO users (email) VALUES ('a') ON CONFLICT (email) DO UPDATE SET age = email;

INSERT INTO users (email) VALUES ('a') ON CONFLICT DO UPDATE SET age = 1;

INSERT INTO users (email) VALUES ('a') ON CONFLICT ON CONSTRAINT users_email_key DO NOTHING;

INSERT INTO users (email) VALUES ('a') ON CONFLICT ON CONSTRAINT nope DO NOTHING;

INSERT INTO orders (user_id) VALUES (1) ON CONFLICT (user_id, placed_on) WHERE note IS NULL DO NOTHING;

INSERT INTO orders (user_id) VALUES (1) ON CONFLICT (user_id, placed_on) DO NOTHING;

INSERT INTO pairs VALUES (1, 2) ON CONFLICT (b, a) DO NOTHING;

INSERT INTO pairs VALUES (1, 2) ON CONFLICT (a) DO NOTHING;

INSERT INTO users (email) VALUES ('a') RETURNING id, email AS e;

INSERT INTO users (email) VALUES ('a') RETURNING idd;

INSERT INTO users DEFAULT VALUES;

INSERT INTO nope VALUES (1);

UPDATE users SET email = 'x' WHERE id = 1;

UPDATE users SET emial = 'x';

UPDATE users SET age = 'x';

UPDATE users SET age = email;

UPDATE users SET age = DEFAULT, (name, email) = ('a', 'b');

UPDATE users SET (name, email) = ('a', 'b', 'c');

UPDATE users SET (name, email) = (SELECT 'a', 'b');

UPDATE users SET age = 1, age = 2;

UPDATE users SET age = count(*);

UPDATE users u SET age = o.id FROM orders o WHERE o.user_id = u.id;

UPDATE users u SET u.age = 1;

UPDATE users SET age = o.id FROM orders o WHERE o.user_id = u.id;

UPDATE users SET age = orders.id WHERE orders.user_id = users.id;

UPDATE orders SET id = 5;

UPDATE orders SET doubled = 5;

UPDATE orders SET doubled = DEFAULT;

UPDATE users SET tags[1] = 'x', data = jsonb_set(data, '{a}', '1') RETURNING *;

UPDATE users SET data = jsonb_set(data, '{a}', 1);

UPDATE users SET age = (SELECT max(id) FROM orders);

DELETE FROM users WHERE id = 1;

DELETE FROM users WHERE idd = 1;

DELETE FROM users u USING orders o WHERE o.user_id = u.id RETURNING u.id, o.id;

DELETE FROM users WHERE email = 5;

DELETE FROM nope;

MERGE INTO users u USING orders o ON u.id = o.user_id WHEN MATCHED THEN UPDATE SET age = 1 WHEN NOT MATCHED THEN INSERT (email) VALUES ('x');

MERGE INTO users u USING orders o ON u.id = o.user_id WHEN MATCHED THEN UPDATE SET agee = 1;

SELECT ctid, xmin, tableoid::regclass FROM users;

SELECT users FROM users;

SELECT users.* FROM users;

SELECT nope.* FROM users;

SELECT (users).email FROM users;

SELECT (users).emial FROM users;

SELECT (email).x FROM users;

SELECT to_tsvector('english', email) @@ to_tsquery('x'), ts_rank(to_tsvector(email), plainto_tsquery('english', 'x')) FROM users;

SELECT nextval('users_id_seq'), currval('users_id_seq'), setval('users_id_seq', (SELECT max(id) FROM users));

SELECT nextval('nope_seq');

SELECT 'users'::regclass, 'nope'::regclass;

SELECT pg_get_serial_sequence('users', 'id'), pg_typeof(1), format('%s %I', 'a', 'b'), concat('a', 1, true), concat_ws(',', 'a', 2), md5('x'), encode(decode('aa', 'hex'), 'base64'), to_char(now(), 'YYYY'), to_date('x', 'y'), round(1.5), round(1.234, 2), round(1.5::float8), floor(age), random(), abs(age), mod(age, 2), power(2, 3) FROM users;

SELECT round(1.5::float8, 2);

SELECT make_interval(days => 10), make_interval(1, secs => 5);

SELECT make_interval(dayz => 10);

SELECT json_build_object('a', 1, 'b', email), jsonb_build_array(1, 'x'), row_to_json(users), to_jsonb(email), jsonb_pretty(data), jsonb_typeof(data) FROM users;

SELECT now() AT TIME ZONE 'utc', created_at AT TIME ZONE 'utc' FROM users;

SELECT email COLLATE "C", email COLLATE nope FROM users;

SELECT age COLLATE "C" FROM users;

SELECT 1 + NULL, NULL = NULL, -age, +age, NOT active, @ age, age % 2, age ^ 2, |/ age FROM users;

SELECT - email FROM users;

SELECT 'a' || 'b', 'a' = 'b', 'a' < 1;

SELECT now() > '2020', now() > 'yesterday', '2020-01-01' < now(), interval '1 day' * 2, 2 * interval '1 day', '1 day'::interval / 2;

SELECT inet '1.2.3.4' << inet '1.2.3.0/24', ip << '10.0.0.0/8' FROM users;

SELECT int4range(1, 5) @> 3, numrange(1, 5) && numrange(2, 3), tstzrange(now(), NULL) @> now(), '[1,5]'::int4range;

SELECT 'x'::int4range;

SELECT GROUPING(email), count(*) FROM users GROUP BY ROLLUP (email, age);

SELECT email, age, count(*) FROM users GROUP BY GROUPING SETS ((email), (age), ());

SELECT email, name FROM users GROUP BY GROUPING SETS ((email), ());

SELECT u.email, (SELECT count(*) FROM orders o WHERE o.user_id = u.id) FROM users u GROUP BY u.id;

SELECT u.email, (SELECT count(*) FROM orders o WHERE o.user_id = u.age) FROM users u GROUP BY u.email;

SELECT email || 'x', count(*) FROM users GROUP BY email || 'x';

SELECT lower(email), count(*) FROM users GROUP BY lower(email) ORDER BY count(*), lower(email);

SELECT lower(email), count(*) FROM users GROUP BY lower(email) ORDER BY email;

SELECT date_trunc('day', created_at) AS d, count(*) FROM users GROUP BY d ORDER BY d;

SELECT email AS age, count(*) FROM users GROUP BY age;

SELECT 1 FROM users HAVING age > 1;

SELECT u.id FROM users u FOR UPDATE OF u SKIP LOCKED;

SELECT u.id FROM users u FOR UPDATE OF x;

SELECT string_to_array('a,b', ','), array_to_string(tags, ','), array_append(tags, 'x'), array_remove(tags, 'x'), array_position(tags, 'x'), unnest(tags) FROM users;

SELECT array_append(tags, 1) FROM users;

SELECT regexp_replace(email, 'a', 'b', 'g'), regexp_matches(email, 'x'), split_part(email, '@', 2), left(email, 3), right(email, 2), lpad(email, 3, ' '), replace(email, 'a', 'b'), upper(name), initcap(name), reverse(name), repeat(name, 2) FROM users;

SELECT replace(email, 'a') FROM users;

SELECT date(created_at), text(age), int4(score), "left"(email, 2), varchar(age) FROM users;

SELECT pg_sleep(1), version(), current_setting('x'), set_config('a', 'b', true), pg_notify('a', 'b'), txid_current(), pg_advisory_lock(1);

SELECT exists(SELECT nope FROM users);

SELECT (SELECT max(x.total) FROM orders x WHERE x.user_id = users.id AND x.nope = 1) FROM users;

SELECT 99999999999, 1.5, 1e10, 9223372036854775808, -2147483648, 2147483648;

INSERT INTO users (email, age) VALUES ('a', 99999999999);

SELECT '99999999999'::int;

INSERT INTO users (email, age) VALUES ('a', '99999999999');

SELECT substring(email, 1, 2), substring(email, '^a'), substring(age, 1) FROM users;

SELECT t.relname FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace WHERE n.nspname = 'public' AND t.relkind = 'r';

SELECT column_name FROM information_schema.columns WHERE table_name = 'users' AND ordinal_position = 1;

SELECT nope FROM information_schema.columns;

SELECT conname FROM pg_constraint WHERE conrelid = 'users'::regclass;

SELECT 1 WHERE 'x';

SELECT 1 WHERE 'true';

SELECT 1 WHERE NULL;

SELECT date '2020-01-01', timestamp '2020-01-01 10:00', interval '1 day', time '10:00', date 'x';

SELECT sum(CASE WHEN active THEN 1 ELSE 0 END)::int, avg(age)::numeric(5, 2), count(*) * 100.0 / sum(count(*)) OVER () FROM users GROUP BY active;

SELECT uuid_generate_v4();

SELECT nosuch.f(1);

SELECT pg_catalog.lower('x'), pg_catalog.nope('x');

SELECT tags <> '{}', tags = '{}'::text[], array_agg(tags) FROM users GROUP BY tags;

SELECT jsonb_array_elements_text(data->'a') FROM users WHERE (data->>'n')::int > 1 AND data ? 'a';

SELECT jsonb_array_elements(data, 1) FROM users;

SELECT data['a'], tags['a'] FROM users;

SELECT age['a'] FROM users;
