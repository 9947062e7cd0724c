-- strata: irreversible "an example"
CREATE TABLE tags (name text);
