CREATE TABLE "a" (
  "id" INTEGER NOT NULL,
  "n" TEXT,
  "old" TEXT,
  "amount" TEXT,
  CONSTRAINT "a_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "b" (
  "id" INTEGER,
  "a_id" INTEGER
);
CREATE INDEX "a_n" ON "a" ("n");
ALTER TABLE "a" ADD COLUMN "note" TEXT DEFAULT 'x';
ALTER TABLE "a" DROP COLUMN "old";
CREATE TABLE "strata_new_a" (
  "id" INTEGER NOT NULL,
  "n" TEXT NOT NULL,
  "amount" TEXT,
  "note" TEXT DEFAULT 'x',
  CONSTRAINT "a_pkey" PRIMARY KEY ("id")
);
INSERT INTO "strata_new_a" ("id", "n", "amount", "note") SELECT "id", "n", "amount", "note" FROM "a";
DROP TABLE "a";
ALTER TABLE "strata_new_a" RENAME TO "a";
CREATE INDEX "a_n" ON "a" ("n");
CREATE TABLE "strata_new_a" (
  "id" INTEGER NOT NULL,
  "n" TEXT NOT NULL,
  "amount" INTEGER,
  "note" TEXT DEFAULT 'x',
  CONSTRAINT "a_pkey" PRIMARY KEY ("id")
);
INSERT INTO "strata_new_a" ("id", "n", "amount", "note") SELECT "id", "n", CAST("amount" AS INTEGER), "note" FROM "a";
DROP TABLE "a";
ALTER TABLE "strata_new_a" RENAME TO "a";
CREATE INDEX "a_n" ON "a" ("n");
CREATE TABLE "strata_new_b" (
  "id" INTEGER,
  "a_id" INTEGER,
  CONSTRAINT "b_a_id_fkey" FOREIGN KEY ("a_id") REFERENCES "a" ("id")
);
INSERT INTO "strata_new_b" ("id", "a_id") SELECT "id", "a_id" FROM "b";
DROP TABLE "b";
ALTER TABLE "strata_new_b" RENAME TO "b";
CREATE UNIQUE INDEX "a_note_key" ON "a" ("note");
DROP INDEX "a_note_key";
CREATE TABLE "strata_new_a" (
  "id" INTEGER NOT NULL,
  "n" TEXT NOT NULL,
  "amount" INTEGER,
  "note" TEXT DEFAULT 'x',
  "seen" TEXT DEFAULT CURRENT_TIMESTAMP NOT NULL,
  CONSTRAINT "a_pkey" PRIMARY KEY ("id")
);
INSERT INTO "strata_new_a" ("id", "n", "amount", "note") SELECT "id", "n", "amount", "note" FROM "a";
DROP TABLE "a";
ALTER TABLE "strata_new_a" RENAME TO "a";
CREATE INDEX "a_n" ON "a" ("n");
-- note: dates and times are kept as text, timestamps in UTC
