CREATE EXTENSION vector;
CREATE TABLE embeddings (id int PRIMARY KEY, one vector(3) NOT NULL, many vector[]);
