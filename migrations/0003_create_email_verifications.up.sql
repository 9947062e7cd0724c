ALTER TABLE users ADD COLUMN email_verified_at timestamptz;

CREATE TABLE email_verifications (
    token uuid CONSTRAINT email_verifications_pkey PRIMARY KEY,
    user_id bigint NOT NULL
        CONSTRAINT email_verifications_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
    email text NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);

CREATE INDEX email_verifications_user_id_idx ON email_verifications (user_id);
