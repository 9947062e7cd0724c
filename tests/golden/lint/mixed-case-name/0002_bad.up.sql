-- strata: irreversible "an example"
CREATE TABLE "UserAccounts" ("userId" bigint PRIMARY KEY);
