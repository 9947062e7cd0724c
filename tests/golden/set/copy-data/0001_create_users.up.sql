CREATE TABLE users (id bigint PRIMARY KEY);
COPY users FROM stdin;
1
-- strata: not a directive
it's;
\.
SELEC 1;
