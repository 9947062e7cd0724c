-- file: _validate
ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey;

ALTER TABLE users
    DROP CONSTRAINT users_email_key,
    ALTER COLUMN email DROP NOT NULL,
    ADD CONSTRAINT users_email_not_null CHECK (email IS NOT NULL) NOT VALID;

CREATE UNIQUE INDEX users_email_key ON users (email);

ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;
-- file: _concurrently
-- strata: no-transaction

DROP INDEX CONCURRENTLY orders_user_id_idx;

DROP INDEX CONCURRENTLY users_email_key;
-- file: main
ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey;

-- Careful: destroys the data of column users.bio.
-- Careful: what column users.old_note held does not come back.
-- Careful: the new type of column users.age rewrites the table, which nobody can use meanwhile.
-- Careful: fails while column users.age holds a value too large for integer.
ALTER TABLE users
    DROP CONSTRAINT users_email_not_null,
    DROP COLUMN bio,
    ADD COLUMN old_note text,
    ALTER COLUMN age DROP DEFAULT,
    ALTER COLUMN age TYPE integer;

-- Careful: destroys the data of table items.
DROP TABLE items;
