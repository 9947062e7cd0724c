ALTER TABLE users ADD name text, ADD age int;
