CREATE TABLE "items" (
  "id" INTEGER NOT NULL,
  "name" TEXT,
  "done" BOOLEAN DEFAULT 0,
  "at" TEXT,
  "info" TEXT CHECK ("info" IS NULL OR json_valid("info")),
  CONSTRAINT "items_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "items_name_key" ON "items" ("name");
CREATE TABLE "other" (
  "item_id" INTEGER,
  "name" TEXT
);
INSERT INTO "items" ("id", "name", "done", "at") VALUES
  (1, 'it''s', 1, '2026-01-02 01:04:05'),
  (2, 'two', 0, CURRENT_TIMESTAMP);
INSERT INTO "items" ("id", "name") VALUES
  (1, 'again') ON CONFLICT ("id") DO UPDATE SET "name" = ("excluded"."name" || '!');
INSERT INTO "items" ("id", "name") SELECT * FROM (SELECT "other"."item_id" AS "item_id", "other"."name" AS "name" FROM "other" WHERE ("other"."name" IS NOT NULL)) WHERE true ON CONFLICT DO NOTHING;
UPDATE "items" SET "name" = "other"."name" FROM "other" WHERE (("other"."item_id" = "items"."id") AND ("other"."name" GLOB 'a?*'));
UPDATE "items" SET "info" = json_object('name', "items"."name", 'done', json(CASE WHEN "items"."done" THEN 'true' WHEN NOT "items"."done" THEN 'false' ELSE 'null' END)) WHERE ("items"."info" IS NULL);
UPDATE "items" SET "name" = CASE json_type("items"."info", '$."name"') WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE CAST("items"."info" ->> '$."name"' AS TEXT) END, "done" = (lower(CASE json_type("items"."info", '$."done"') WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE CAST("items"."info" ->> '$."done"' AS TEXT) END) IN ('true', 't', 'yes', 'y', 'on', '1'));
DELETE FROM "items" WHERE EXISTS (SELECT 1 FROM "other" WHERE ("other"."item_id" = "items"."id"));
DELETE FROM "items" WHERE (("items"."id" IN (1, 2)) OR ("items"."at" < datetime(CURRENT_TIMESTAMP, '-30 days')));
WITH "gone"("item_id") AS (SELECT "other"."item_id" AS "item_id" FROM "other") DELETE FROM "items" WHERE ("items"."id" IN (SELECT "gone"."item_id" AS "item_id" FROM "gone"));
DELETE FROM "other";
INSERT INTO "other" ("item_id", "name") VALUES
  (1, 'one'),
  (2, NULL);
-- note: dates and times are kept as text, timestamps in UTC
-- note: dates are counted in whole seconds, and a month past its end runs into the next
-- note: json and jsonb are kept as JSON text
