CREATE FUNCTION near(wanted vector(3), n int) RETURNS SETOF embeddings LANGUAGE sql STABLE AS
  'SELECT * FROM embeddings ORDER BY one <-> wanted LIMIT n';
