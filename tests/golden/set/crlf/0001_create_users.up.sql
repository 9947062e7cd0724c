SELECT 1;
CREATE TABLE users (id bigint PRIMRY KEY);
