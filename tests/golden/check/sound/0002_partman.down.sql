DROP VIEW january;
DROP TABLE visits CASCADE;
DROP EXTENSION pg_partman;
DROP SCHEMA partman;
