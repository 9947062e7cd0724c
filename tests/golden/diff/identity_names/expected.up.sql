ALTER SEQUENCE orders_id_seq RENAME TO orders_id_seq1;
ALTER SEQUENCE q_id_seq RENAME TO q_id_seq_old;
ALTER SEQUENCE p_id_seq RENAME TO q_id_seq;
ALTER SEQUENCE q_id_seq_old RENAME TO p_id_seq;

CREATE TABLE legacy_orders (
    id integer GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME orders_id_seq) PRIMARY KEY,
    total integer
);

-- Careful: the new type of column orders.id rewrites the table, which nobody can use meanwhile.
ALTER TABLE orders ALTER COLUMN id TYPE bigint;
