-- strata: renamed-from people
CREATE TABLE users (
    id bigint PRIMARY KEY,
    -- strata: renamed-from mail
    email text
);
