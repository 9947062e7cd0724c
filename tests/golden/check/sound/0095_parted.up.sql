DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_proc WHERE proname = 'create_parent') THEN
    RAISE EXCEPTION 'pg_partman is missing';
  END IF;
  IF to_regclass('partman.part_config') IS NULL THEN
    RAISE EXCEPTION 'pg_partman is missing';
  END IF;
END $$;
