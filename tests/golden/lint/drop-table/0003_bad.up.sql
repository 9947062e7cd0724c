-- strata: irreversible "an example"
DROP TABLE IF EXISTS billing.invoices, rooms;
