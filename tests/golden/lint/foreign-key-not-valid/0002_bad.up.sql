-- strata: irreversible "an example"
ALTER TABLE invoices ADD COLUMN user_id bigint REFERENCES users (id);
