ALTER TABLE leaf NO INHERIT base;
ALTER TABLE kept DETACH PARTITION kept_1;
ALTER TABLE kept DETACH PARTITION kept_2;

-- Careful: destroys the data of column kept.gone.
ALTER TABLE kept DROP COLUMN gone;

-- Careful: destroys the data of column kept_2.gone.
ALTER TABLE kept_2 DROP COLUMN gone;

-- Careful: fails while a row of table kept_2 lies outside the bounds.
ALTER TABLE kept ATTACH PARTITION kept_2 FOR VALUES IN (2, 3);

CREATE TABLE kept_3 PARTITION OF kept FOR VALUES IN (4);

-- Careful: destroys the data of column leaf.extra.
ALTER TABLE leaf DROP COLUMN extra;

CREATE TABLE log (
    id integer,
    at date,
    note text,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);

CREATE TABLE entry (
    log_id integer,
    log_at date,
    FOREIGN KEY (log_id, log_at) REFERENCES log (id, at)
);

CREATE INDEX log_note ON log (note);

-- Careful: destroys the data of column log_2023.old.
ALTER TABLE log_2023
    DROP COLUMN old,
    ADD COLUMN note text;

-- Careful: fails while a row of table log_2023 lies outside the bounds.
ALTER TABLE log ATTACH PARTITION log_2023 FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');

-- Careful: destroys the data of column log_2024.old.
ALTER TABLE log_2024
    DROP COLUMN old,
    ADD COLUMN note text;

-- Careful: fails while a row of table log_2024 lies outside the bounds.
ALTER TABLE log ATTACH PARTITION log_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');

-- Careful: destroys the data of table base.
DROP TABLE base;
