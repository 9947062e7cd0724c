ALTER TABLE events DETACH PARTITION events_a;

-- Careful: fails while column events_a.kind holds a NULL.
ALTER TABLE events_a
    DROP CONSTRAINT events_a_pkey,
    ALTER COLUMN kind SET NOT NULL;

DROP TABLE events;

CREATE TABLE events (
    id bigint,
    at timestamp with time zone NOT NULL,
    kind text,
    PRIMARY KEY (id, kind)
) PARTITION BY LIST (kind);

-- Careful: fails while a row of table events_a lies outside the bounds.
ALTER TABLE events ATTACH PARTITION events_a FOR VALUES IN ('a');
