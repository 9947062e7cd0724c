-- strata: irreversible "an example"
DELETE FROM pg_enum WHERE enumlabel = 'sad';
