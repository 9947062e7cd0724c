DROP INDEX users_bio_idx;
