-- strata: irreversible "an example"
GRANT SELECT ON users TO PUBLIC;
