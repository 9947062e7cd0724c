CREATE ROLE session_squash_app NOLOGIN;
CREATE TABLE t (id int PRIMARY KEY, note text);
GRANT SELECT, INSERT ON t TO session_squash_app;
CREATE SEQUENCE s;
SELECT setval('s', 41);
