-- strata: irreversible "an example"
CREATE TABLE "user" ("order" bigint PRIMARY KEY);
