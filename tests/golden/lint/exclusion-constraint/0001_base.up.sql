-- strata: irreversible "an example"
CREATE SCHEMA billing;
CREATE TABLE billing.invoices (id bigint PRIMARY KEY);
CREATE TABLE users (
    id bigint PRIMARY KEY,
    name text,
    email text,
    nickname text,
    country text NOT NULL DEFAULT 'nowhere',
    active boolean,
    last_seen timestamptz,
    phone varchar(20)
);
CREATE TABLE invoices (id bigint PRIMARY KEY);
CREATE TABLE orders (
    id integer PRIMARY KEY,
    number bigint NOT NULL,
    user_id bigint,
    total numeric(10, 2),
    CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE INDEX orders_user_id_idx ON orders (user_id);
CREATE TABLE sessions (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id), expires_at timestamptz);
CREATE INDEX sessions_user_id_idx ON sessions (user_id);
CREATE TABLE events (at timestamptz NOT NULL, payload jsonb) PARTITION BY RANGE (at);
CREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE events_2026 (at timestamptz NOT NULL, payload jsonb);
CREATE TABLE rooms (name text);
CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE DOMAIN contact AS text;
CREATE MATERIALIZED VIEW sales_by_day AS SELECT 1 AS day;
CREATE VIEW active_users AS SELECT id FROM users;
