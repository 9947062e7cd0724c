CREATE TABLE log_2023 (id int NOT NULL, at date NOT NULL, old text);
CREATE TABLE log_2024 (id int NOT NULL, at date NOT NULL, old text);
CREATE TABLE base (id int NOT NULL, kind text NOT NULL, extra int, CONSTRAINT base_kind CHECK (kind <> ''));
CREATE TABLE leaf (id int NOT NULL, kind text NOT NULL, mine int, extra int, CONSTRAINT base_kind CHECK (kind <> '')) INHERITS (base);
CREATE TABLE kept (id int, gone int) PARTITION BY LIST (id);
CREATE TABLE kept_1 PARTITION OF kept FOR VALUES IN (1);
CREATE TABLE kept_2 (id int, gone int);
ALTER TABLE kept ATTACH PARTITION kept_2 FOR VALUES IN (2);
