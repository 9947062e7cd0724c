CREATE SCHEMA partman;
CREATE EXTENSION pg_partman SCHEMA partman;
CREATE TABLE visits (day date NOT NULL, page text) PARTITION BY RANGE (day);
SELECT partman.create_parent('public.visits', 'day', '1 month');
CREATE VIEW january AS SELECT page FROM visits_p2027_01;
