DROP INDEX orders_user_id_idx;
CREATE INDEX orders_user_id_total_idx ON orders (user_id, total);
