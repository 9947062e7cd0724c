-- file: main
CREATE TABLE items (
    id bigserial PRIMARY KEY,
    order_id bigint REFERENCES orders (id) ON DELETE CASCADE
);

CREATE INDEX items_order_id_idx ON items (order_id);

-- Careful: destroys the data of column users.old_note.
-- Careful: the new type of column users.age rewrites the table, which nobody can use meanwhile.
ALTER TABLE users
    DROP COLUMN old_note,
    ADD COLUMN bio character varying(200),
    ADD CONSTRAINT users_email_not_null CHECK (email IS NOT NULL) NOT VALID,
    ALTER COLUMN age TYPE bigint,
    ALTER COLUMN age SET DEFAULT 0;

ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;
-- file: _concurrently
-- strata: no-transaction

CREATE INDEX CONCURRENTLY orders_user_id_idx ON orders (user_id);

-- Careful: fails while two rows of users have the same email.
CREATE UNIQUE INDEX CONCURRENTLY users_email_key ON users (email);
-- file: _validate
-- Careful: fails while column users.email holds a NULL.
ALTER TABLE users VALIDATE CONSTRAINT users_email_not_null;
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
ALTER TABLE users DROP CONSTRAINT users_email_not_null;
ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE USING INDEX users_email_key;

-- Careful: fails while orders.user_id holds what users.id does not.
ALTER TABLE orders VALIDATE CONSTRAINT orders_user_id_fkey;
