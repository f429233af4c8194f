-- CreateTable
CREATE TABLE "spec" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "form" TEXT NOT NULL,
    "source" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "entry" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "register" TEXT NOT NULL,
    "unit_id" TEXT NOT NULL,
    "number" TEXT,
    "name" TEXT NOT NULL,
    "values" TEXT NOT NULL,
    "cover_id" TEXT,
    "since" TEXT NOT NULL,
    "until" TEXT,
    "erased_at" DATETIME,
    CONSTRAINT "entry_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "entry_cover_id_fkey" FOREIGN KEY ("cover_id") REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "entry_event" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "entry_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "values" TEXT NOT NULL,
    "note" TEXT,
    "person_id" TEXT,
    "at" DATETIME NOT NULL,
    "message" TEXT,
    CONSTRAINT "entry_event_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "entry" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "alert" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "rule" TEXT NOT NULL,
    "unit_id" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "value" REAL NOT NULL,
    "raised_at" DATETIME NOT NULL,
    "told_at" DATETIME NOT NULL,
    "person_id" TEXT,
    "acknowledged_at" DATETIME
);

-- CreateTable
CREATE TABLE "phase" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "phase" TEXT NOT NULL,
    "unit_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "since" DATETIME NOT NULL,
    "person_id" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "erasure" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "what" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "entries" INTEGER NOT NULL,
    "reports" INTEGER NOT NULL,
    "messages" INTEGER NOT NULL
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_exemption" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "form" TEXT NOT NULL,
    "unit_id" TEXT NOT NULL,
    "from_day" TEXT NOT NULL,
    "to_day" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "said_at" DATETIME NOT NULL,
    CONSTRAINT "exemption_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);
INSERT INTO "new_exemption" ("form", "from_day", "id", "person_id", "reason", "said_at", "to_day", "unit_id") SELECT "form", "from_day", "id", "person_id", "reason", "said_at", "to_day", "unit_id" FROM "exemption";
DROP TABLE "exemption";
ALTER TABLE "new_exemption" RENAME TO "exemption";
CREATE TABLE "new_obligation" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "period_id" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "chain" TEXT NOT NULL,
    CONSTRAINT "obligation_period_id_fkey" FOREIGN KEY ("period_id") REFERENCES "period" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);
INSERT INTO "new_obligation" ("chain", "id", "path", "period_id", "subject_id") SELECT "chain", "id", "path", "period_id", "subject_id" FROM "obligation";
DROP TABLE "obligation";
ALTER TABLE "new_obligation" RENAME TO "obligation";
CREATE INDEX "obligation_period_id_idx" ON "obligation"("period_id");
CREATE TABLE "new_period" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "form" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "opens_at" DATETIME NOT NULL,
    "due_at" DATETIME NOT NULL,
    "locks_at" DATETIME NOT NULL,
    "playbook" TEXT NOT NULL,
    "spec" TEXT,
    "label" TEXT,
    "unit_id" TEXT,
    CONSTRAINT "period_spec_fkey" FOREIGN KEY ("spec") REFERENCES "spec" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);
INSERT INTO "new_period" ("due_at", "form", "id", "key", "locks_at", "opens_at", "playbook") SELECT "due_at", "form", "id", "key", "locks_at", "opens_at", "playbook" FROM "period";
DROP TABLE "period";
ALTER TABLE "new_period" RENAME TO "period";
CREATE INDEX "period_key_idx" ON "period"("key");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
