ALTER TABLE users DROP CONSTRAINT users_id_positive;
