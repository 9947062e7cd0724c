-- strata: irreversible "an example"
DROP TABLE invoices CASCADE;
