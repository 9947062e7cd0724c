-- strata: irreversible "an example"
CREATE ROLE app_reader;
GRANT SELECT ON users TO app_reader;
