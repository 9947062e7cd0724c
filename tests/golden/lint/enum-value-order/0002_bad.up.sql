-- strata: irreversible "an example"
ALTER TYPE mood ADD VALUE 'content';
