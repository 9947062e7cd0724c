-- strata: irreversible "an example"
-- strata: allow drop-tabel "a slip"
DROP TABLE invoices;
