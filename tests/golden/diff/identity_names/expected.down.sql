ALTER SEQUENCE p_id_seq RENAME TO q_id_seq_old;
ALTER SEQUENCE q_id_seq RENAME TO p_id_seq;
ALTER SEQUENCE q_id_seq_old RENAME TO q_id_seq;
ALTER SEQUENCE orders_id_seq RENAME TO orders_id_seq_old;
ALTER SEQUENCE orders_id_seq1 RENAME TO orders_id_seq;

-- Careful: the new type of column orders.id rewrites the table, which nobody can use meanwhile.
-- Careful: fails while column orders.id holds a value too large for integer.
ALTER TABLE orders ALTER COLUMN id TYPE integer;

-- Careful: destroys the data of table legacy_orders.
DROP TABLE legacy_orders;
