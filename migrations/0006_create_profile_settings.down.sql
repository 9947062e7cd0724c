DROP TABLE profile_settings;
