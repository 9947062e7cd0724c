ALTER TABLE a DROP CONSTRAINT a_b_id_fkey;

ALTER TABLE b DROP CONSTRAINT b_a_id_fkey;

-- Careful: destroys the data of table a.
DROP TABLE a;

-- Careful: destroys the data of table b.
DROP TABLE b;
