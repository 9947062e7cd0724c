DROP VIEW experts;
