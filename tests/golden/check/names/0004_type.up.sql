ALTER TABLE users ADD COLUMN age integr;
