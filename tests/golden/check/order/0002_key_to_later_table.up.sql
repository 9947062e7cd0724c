CREATE TABLE orders (id bigint PRIMARY KEY, item bigint REFERENCES items (id));
CREATE TABLE items (id bigint PRIMARY KEY);
