CREATE TABLE tokens (id uuid DEFAULT uuid_generate_v4());
