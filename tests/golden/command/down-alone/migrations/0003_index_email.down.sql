-- strata: no-transaction
DROP INDEX users_email_idx;
