-- strata: irreversible "an example"
-- strata: allow drop-table
DROP TABLE invoices;
