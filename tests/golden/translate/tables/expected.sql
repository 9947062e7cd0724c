CREATE TABLE "teams" (
  "id" INTEGER PRIMARY KEY,
  "name" TEXT NOT NULL CHECK (length("name") <= 40),
  "active" BOOLEAN DEFAULT 1 NOT NULL,
  "rate" NUMERIC DEFAULT 1.5,
  "tags" TEXT DEFAULT '[]' NOT NULL,
  "settings" TEXT DEFAULT '{"a": 1}' NOT NULL CHECK ("settings" IS NULL OR json_valid("settings")),
  "created_at" TEXT DEFAULT CURRENT_TIMESTAMP NOT NULL,
  CONSTRAINT "rate_positive" CHECK ((("rate" > 0) AND ("rate" <= 100)))
);
CREATE UNIQUE INDEX "teams_name_key" ON "teams" ("name");
CREATE TABLE "members" (
  "team_id" INTEGER NOT NULL,
  "person" TEXT DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))) NOT NULL,
  "role" TEXT DEFAULT 'm' CHECK (length("role") <= 1),
  "first_name" TEXT,
  "last_name" TEXT,
  "full_name" TEXT GENERATED ALWAYS AS ((("first_name" || ' ') || "last_name")) STORED,
  CONSTRAINT "members_pkey" PRIMARY KEY ("team_id", "person"),
  CONSTRAINT "members_role_check" CHECK (("role" IN ('m', 'a'))),
  CONSTRAINT "members_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams" ("id") ON DELETE CASCADE
);
-- note: arrays are kept as JSON text
-- note: dates and times are kept as text, timestamps in UTC
-- note: json and jsonb are kept as JSON text
-- note: numeric is kept as SQLite's NUMERIC: about 15 digits are exact
-- note: the check constraint "members_first_name_check" of "members" is not enforced on SQLite: the operator ~ between text and text has no counterpart on SQLite
