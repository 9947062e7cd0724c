CREATE FUNCTION touch_updated_at() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END;
$$;

CREATE TRIGGER profile_settings_touch
    BEFORE UPDATE ON profile_settings
    FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
