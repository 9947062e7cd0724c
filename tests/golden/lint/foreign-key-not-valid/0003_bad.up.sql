-- strata: irreversible "an example"
ALTER TABLE orders ADD CONSTRAINT orders_number_fk FOREIGN KEY (number) REFERENCES invoices (id);
