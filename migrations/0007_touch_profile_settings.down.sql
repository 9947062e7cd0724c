DROP TRIGGER profile_settings_touch ON profile_settings;
DROP FUNCTION touch_updated_at();
