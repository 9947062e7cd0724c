DROP FUNCTION near(vector, int);
