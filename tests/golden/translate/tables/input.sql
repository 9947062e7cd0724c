CREATE TABLE teams (
    id serial PRIMARY KEY,
    name varchar(40) NOT NULL UNIQUE,
    active boolean NOT NULL DEFAULT true,
    rate numeric(6, 2) DEFAULT 1.5,
    tags text[] NOT NULL DEFAULT '{}',
    settings jsonb NOT NULL DEFAULT '{"a": 1}',
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT rate_positive CHECK (rate > 0 AND rate <= 100)
);
CREATE TABLE members (
    team_id int NOT NULL REFERENCES teams ON DELETE CASCADE,
    person uuid NOT NULL DEFAULT gen_random_uuid(),
    role char(1) DEFAULT 'm' CHECK (role IN ('m', 'a')),
    first_name text,
    last_name text,
    full_name text GENERATED ALWAYS AS (first_name || ' ' || last_name) STORED,
    PRIMARY KEY (team_id, person),
    CHECK (first_name ~ '^[A-Z]')
);
