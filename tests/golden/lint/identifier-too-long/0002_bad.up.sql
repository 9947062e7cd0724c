-- strata: irreversible "an example"
CREATE TABLE a_table_whose_name_is_so_long_that_postgresql_will_cut_it_off_somewhere (id bigint PRIMARY KEY);
