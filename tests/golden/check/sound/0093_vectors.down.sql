DROP TABLE embeddings;
DROP EXTENSION vector;
