-- strata: irreversible "an example"
TRUNCATE users CASCADE;
