-- strata: irreversible "an example"
REINDEX INDEX CONCURRENTLY orders_user_id_idx;
