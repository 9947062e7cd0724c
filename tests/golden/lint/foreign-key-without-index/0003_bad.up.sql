-- strata: irreversible "an example"
ALTER TABLE invoices ADD COLUMN owner_id bigint;
ALTER TABLE invoices ADD FOREIGN KEY (owner_id) REFERENCES users (id) NOT VALID;
