DROP VIEW lengths;
