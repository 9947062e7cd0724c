CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL UNIQUE, age bigint DEFAULT 0, bio varchar(200));
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users (id));
CREATE INDEX orders_user_id_idx ON orders (user_id);
CREATE TABLE items (id bigserial PRIMARY KEY, order_id bigint REFERENCES orders (id) ON DELETE CASCADE);
CREATE INDEX items_order_id_idx ON items (order_id);
