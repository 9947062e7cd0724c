CREATE SCHEMA shop;
-- strata: renamed-from public.items
CREATE TABLE shop.goods (id serial PRIMARY KEY, sku text NOT NULL);
CREATE INDEX items_sku ON shop.goods (sku);
-- strata: renamed-from public.state
CREATE TYPE shop.state AS ENUM ('a');
CREATE TABLE orders (id int PRIMARY KEY, item int REFERENCES shop.goods (id), s shop.state);
CREATE VIEW v AS SELECT sku FROM shop.goods;
