-- strata: irreversible "an example"
CREATE SCHEMA empty_here;
