-- strata: irreversible "an example"
CREATE TABLE UserProfiles (userId bigint PRIMARY KEY);
