CREATE TABLE events (id integer DEFAULT 0 NOT NULL, kind text NOT NULL) PARTITION BY LIST (kind);
