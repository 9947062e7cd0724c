CREATE TABLE profile_settings (
    user_id bigint CONSTRAINT profile_settings_pkey PRIMARY KEY
        CONSTRAINT profile_settings_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
    settings jsonb NOT NULL DEFAULT '{}',
    updated_at timestamptz NOT NULL DEFAULT now()
);
