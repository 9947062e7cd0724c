-- strata: irreversible "an example"
CREATE FUNCTION me() RETURNS text LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ SELECT current_user::text $$;
CREATE FUNCTION you() RETURNS text LANGUAGE sql AS $$ SELECT current_user::text $$;
