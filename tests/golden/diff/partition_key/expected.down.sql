ALTER TABLE events DETACH PARTITION events_a;

ALTER TABLE events_a
    DROP CONSTRAINT events_a_pkey,
    ALTER COLUMN kind DROP NOT NULL;

DROP TABLE events;

CREATE TABLE events (
    id bigint,
    at timestamp with time zone,
    kind text,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);

-- Careful: fails while a row of table events_a lies outside the bounds.
ALTER TABLE events ATTACH PARTITION events_a FOR VALUES FROM ('2025-01-01 00:00:00') TO ('2026-01-01 00:00:00');
