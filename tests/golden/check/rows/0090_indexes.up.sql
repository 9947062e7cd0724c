CREATE TABLE settings (id int PRIMARY KEY, name text);
CREATE TABLE labels (name text);
CREATE UNIQUE INDEX labels_name ON labels (name);
INSERT INTO settings VALUES (1, 'a');
INSERT INTO labels VALUES ('a');
DO $$
DECLARE i record;
BEGIN
  FOR i IN SELECT indexname FROM pg_indexes WHERE indexname LIKE 'labels%' LOOP
    EXECUTE 'DROP INDEX ' || i.indexname;
  END LOOP;
END $$;
INSERT INTO labels VALUES ('a');
