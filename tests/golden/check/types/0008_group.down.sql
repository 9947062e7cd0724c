DROP VIEW counts;
