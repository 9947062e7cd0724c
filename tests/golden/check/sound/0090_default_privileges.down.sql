DROP SCHEMA reports;
