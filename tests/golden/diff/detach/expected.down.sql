ALTER TABLE entry DROP CONSTRAINT entry_log_id_log_at_fkey;
ALTER TABLE log DETACH PARTITION log_2023;
ALTER TABLE log DETACH PARTITION log_2024;
ALTER TABLE kept DETACH PARTITION kept_2;

CREATE TABLE base (
    id integer NOT NULL,
    kind text NOT NULL,
    extra integer,
    CONSTRAINT base_kind CHECK (kind <> ''::text)
);

ALTER TABLE kept ADD COLUMN gone integer;

ALTER TABLE kept ATTACH PARTITION kept_1 FOR VALUES IN (1);

ALTER TABLE kept_2 ADD COLUMN gone integer;

ALTER TABLE kept ATTACH PARTITION kept_2 FOR VALUES IN (2);

ALTER TABLE leaf ADD COLUMN extra integer;

ALTER TABLE leaf INHERIT base;

-- Careful: destroys the data of column log_2023.note.
ALTER TABLE log_2023
    DROP CONSTRAINT log_2023_pkey,
    DROP COLUMN note,
    ADD COLUMN old text;

-- Careful: destroys the data of column log_2024.note.
ALTER TABLE log_2024
    DROP CONSTRAINT log_2024_pkey,
    DROP COLUMN note,
    ADD COLUMN old text;

-- Careful: destroys the data of table entry.
DROP TABLE entry;

-- Careful: destroys the data of table kept_3.
DROP TABLE kept_3;

DROP TABLE log;
