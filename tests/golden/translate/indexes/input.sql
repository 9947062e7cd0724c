CREATE TABLE t (id int, email text, deleted_at timestamptz, info jsonb);
CREATE UNIQUE INDEX t_email ON t (lower(email)) WHERE deleted_at IS NULL;
CREATE INDEX t_id ON t USING btree (id DESC NULLS LAST) INCLUDE (email);
CREATE INDEX t_info ON t USING gin (info);
DROP INDEX t_id;
