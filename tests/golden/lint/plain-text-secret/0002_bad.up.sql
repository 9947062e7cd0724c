-- strata: irreversible "an example"
CREATE ROLE app LOGIN PASSWORD 'hunter2';
