-- strata: irreversible "an example"
CREATE TABLE two (id bigint PRIMARY KEY, a varchar(10));
CREATE TABLE three (id bigint PRIMARY KEY, a varchar(10), b varchar(20));
ALTER TABLE two ADD COLUMN c varchar(30);
