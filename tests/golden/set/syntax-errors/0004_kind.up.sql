-- strata: irreversible "an example"
CREATE TABEL a (id int);
