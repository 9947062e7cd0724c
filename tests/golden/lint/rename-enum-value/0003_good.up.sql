-- strata: irreversible "an example"
CREATE TYPE size AS ENUM ('small');
ALTER TYPE size RENAME VALUE 'small' TO 'tiny';
