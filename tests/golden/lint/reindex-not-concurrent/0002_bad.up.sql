-- strata: irreversible "an example"
REINDEX INDEX orders_user_id_idx;
