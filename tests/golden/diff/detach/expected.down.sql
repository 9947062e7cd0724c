ALTER TABLE entry DROP CONSTRAINT entry_log_id_log_at_fkey;
ALTER TABLE log DETACH PARTITION log_2023;
ALTER TABLE log DETACH PARTITION log_2024;
ALTER TABLE kept DETACH PARTITION kept_2;

-- Careful: the rows of table base do not come back.
CREATE TABLE base (
    id integer NOT NULL,
    kind text NOT NULL,
    extra integer,
    CONSTRAINT base_kind CHECK (kind <> ''::text)
);

-- Careful: what column kept.gone held does not come back.
ALTER TABLE kept ADD COLUMN gone integer;

-- Careful: fails while a row of table kept_1 lies outside the bounds.
ALTER TABLE kept ATTACH PARTITION kept_1 FOR VALUES IN (1);

-- Careful: what column kept_2.gone held does not come back.
ALTER TABLE kept_2 ADD COLUMN gone integer;

-- Careful: fails while a row of table kept_2 lies outside the bounds.
ALTER TABLE kept ATTACH PARTITION kept_2 FOR VALUES IN (2);

-- Careful: what column leaf.extra held does not come back.
ALTER TABLE leaf ADD COLUMN extra integer;

ALTER TABLE leaf INHERIT base;

-- Careful: destroys the data of column log_2023.note.
-- Careful: what column log_2023.old held does not come back.
ALTER TABLE log_2023
    DROP CONSTRAINT log_2023_pkey,
    DROP COLUMN note,
    ADD COLUMN old text;

-- Careful: destroys the data of column log_2024.note.
-- Careful: what column log_2024.old held does not come back.
ALTER TABLE log_2024
    DROP CONSTRAINT log_2024_pkey,
    DROP COLUMN note,
    ADD COLUMN old text;

-- Careful: destroys the data of table entry.
DROP TABLE entry;

-- Careful: destroys the data of table kept_3.
DROP TABLE kept_3;

DROP TABLE log;
