-- strata: irreversible "an example"
ALTER TABLE users ADD COLUMN plan text;
ALTER TABLE orders VALIDATE CONSTRAINT positive;
