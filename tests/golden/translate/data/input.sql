CREATE TABLE items (id int PRIMARY KEY, name text UNIQUE, done boolean DEFAULT false, at timestamptz, info jsonb);
CREATE TABLE other (item_id int, name text);
INSERT INTO items (id, name, done, at) VALUES
    (1, 'it''s', true, '2026-01-02 03:04:05+02'),
    (2, 'two', DEFAULT, now());
INSERT INTO items (id, name) VALUES (1, 'again') ON CONFLICT (id) DO UPDATE SET name = excluded.name || '!';
INSERT INTO items (id, name) SELECT item_id, name FROM other WHERE name IS NOT NULL ON CONFLICT DO NOTHING;
UPDATE items SET name = other.name FROM other WHERE other.item_id = items.id AND other.name LIKE 'a_%';
UPDATE items SET info = jsonb_build_object('name', name, 'done', done) WHERE info IS NULL;
UPDATE items SET name = info ->> 'name', done = (info ->> 'done')::boolean;
DELETE FROM items USING other WHERE other.item_id = items.id;
DELETE FROM items WHERE id = ANY (ARRAY[1, 2]) OR at < now() - interval '30 days';
WITH gone AS (SELECT item_id FROM other) DELETE FROM items WHERE id IN (SELECT item_id FROM gone);
TRUNCATE other;
COPY other (item_id, name) FROM stdin;
1	one
2	\N
\.
