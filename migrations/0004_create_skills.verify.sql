-- Each row that is a single boolean must be true, or the migration is rolled back.
SELECT count(*) >= 5 FROM skills;
SELECT NOT EXISTS (SELECT 1 FROM skills WHERE slug <> lower(slug));
