CREATE TABLE "t" (
  "id" INTEGER,
  "email" TEXT,
  "deleted_at" TEXT,
  "info" TEXT CHECK ("info" IS NULL OR json_valid("info"))
);
CREATE UNIQUE INDEX "t_email" ON "t" ((lower("email"))) WHERE ("deleted_at" IS NULL);
CREATE INDEX "t_id" ON "t" ("id" DESC);
DROP INDEX "t_id";
-- note: INCLUDE columns of indexes are left out
-- note: dates and times are kept as text, timestamps in UTC
-- note: json and jsonb are kept as JSON text
-- note: the index "t_info" uses gin, which SQLite does not have: it is left out
