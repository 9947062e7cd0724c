-- strata: irreversible "an example"
DROP INDEX CONCURRENTLY sessions_user_id_idx;
