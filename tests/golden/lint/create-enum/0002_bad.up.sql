-- strata: irreversible "an example"
CREATE TYPE size AS ENUM ('small', 'large');
