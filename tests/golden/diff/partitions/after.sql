CREATE TABLE events (id integer DEFAULT 0 NOT NULL, kind text NOT NULL) PARTITION BY LIST (kind);
CREATE TABLE clicks (id integer NOT NULL, kind text DEFAULT 'click' NOT NULL);
ALTER TABLE events ATTACH PARTITION clicks FOR VALUES IN ('click');
