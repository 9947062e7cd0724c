CREATE TABLE items (id serial PRIMARY KEY, sku text NOT NULL);
CREATE INDEX items_sku ON items (sku);
CREATE TYPE state AS ENUM ('a');
CREATE TABLE orders (id int PRIMARY KEY, item int REFERENCES items (id), s state);
CREATE VIEW v AS SELECT sku FROM items;
