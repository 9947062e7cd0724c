-- strata: irreversible "the old spelling is gone"
UPDATE users SET email = lower(email);
