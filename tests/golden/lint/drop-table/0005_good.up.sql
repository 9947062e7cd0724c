-- strata: irreversible "an example"
CREATE TABLE invoices_new (id bigint PRIMARY KEY);
DROP TABLE invoices;
ALTER TABLE invoices_new RENAME TO invoices;
