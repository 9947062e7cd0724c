CREATE TABLE "t" (
  "id" INTEGER,
  "team" TEXT,
  "score" INTEGER,
  "at" TEXT,
  "tags" TEXT
);
CREATE TABLE "u" (
  "id" INTEGER,
  "label" TEXT
);
CREATE TABLE "n" (
  "a" INTEGER,
  "b" INTEGER
);
CREATE TABLE "s" (
  "a" TEXT,
  "b" TEXT
);
INSERT INTO "s" ("a", "b") SELECT "team", "tags" FROM (SELECT "t"."team" AS "team", json_extract("t"."tags", '$[' || (1 - 1) || ']') AS "tags", row_number() OVER (PARTITION BY "t"."team" ORDER BY "t"."team" NULLS LAST, "t"."score" DESC NULLS FIRST) AS strata_row FROM "t") WHERE strata_row = 1;
INSERT INTO "n" ("a", "b") SELECT "t"."id" AS "id", row_number() OVER (PARTITION BY "t"."team" ORDER BY "t"."score" NULLS LAST) AS "row_number" FROM "t";
INSERT INTO "n" ("a", "b") SELECT count(*) AS "count", sum("t"."score") FILTER (WHERE ("t"."score" > 1)) AS "sum" FROM "t" GROUP BY "t"."team" HAVING (count(*) > 1) ORDER BY sum("t"."score") FILTER (WHERE ("t"."score" > 1)) DESC NULLS FIRST LIMIT 3;
INSERT INTO "s" ("a", "b") SELECT "t"."team" AS "team", "u"."label" AS "label" FROM "t" LEFT JOIN "u" ON "t"."id" = "u"."id";
INSERT INTO "n" ("a") SELECT "g".value AS "n" FROM (WITH RECURSIVE series(value) AS (SELECT 1 WHERE (1 > 0 AND 1 <= 10) OR (1 < 0 AND 1 >= 10) UNION ALL SELECT value + 1 FROM series WHERE CASE WHEN 1 > 0 THEN value + 1 <= 10 ELSE value + 1 >= 10 END) SELECT value FROM series) AS "g";
INSERT INTO "s" ("a", "b") SELECT "t"."team" AS "team", "tag".value AS "tag" FROM "t", json_each("t"."tags") AS "tag";
INSERT INTO "n" ("a") SELECT "t"."id" AS "id" FROM "t" UNION ALL SELECT "u"."id" AS "id" FROM "u";
INSERT INTO "n" ("a") WITH RECURSIVE "r"("n") AS (SELECT 1 UNION ALL SELECT ("r"."n" + 1) FROM "r" WHERE ("r"."n" < 5)) SELECT "r"."n" AS "n" FROM "r";
INSERT INTO "s" ("a", "b") SELECT coalesce("t"."team", 'none') AS "coalesce", upper(CASE WHEN 2 >= 0 THEN substr("t"."team", 1, 2) ELSE substr("t"."team", 1, max(0, length("t"."team") + 2)) END) AS "upper" FROM "t";
INSERT INTO "s" ("a", "b") SELECT ('' || coalesce("t"."team", '') || coalesce('-', '') || coalesce(CAST("t"."score" AS TEXT), '')) AS "concat", CASE WHEN ("t"."score" > 3) THEN 'high' ELSE 'low' END AS "case" FROM "t" WHERE EXISTS (SELECT 1 FROM "u" WHERE ("u"."id" = "t"."id"));
-- note: arrays are kept as JSON text
-- note: dates and times are kept as text, timestamps in UTC
-- note: lower() and upper() know the letters a-z only
