-- CreateTable
CREATE TABLE "unit" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "parent_id" TEXT,
    "level" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "since" TEXT NOT NULL,
    "until" TEXT,
    CONSTRAINT "unit_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "person" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "phone" TEXT
);

-- CreateTable
CREATE TABLE "post" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "unit_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "since" TEXT NOT NULL,
    "until" TEXT,
    CONSTRAINT "post_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "holding" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "post_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "since" TEXT NOT NULL,
    "until" TEXT,
    CONSTRAINT "holding_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "post" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "holding_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "account" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "person_id" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "claimed_at" DATETIME NOT NULL,
    "released_at" DATETIME,
    CONSTRAINT "account_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "claim_code" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "person_id" TEXT NOT NULL,
    "issued_at" DATETIME NOT NULL,
    "expires_at" DATETIME NOT NULL,
    "used_at" DATETIME,
    "used_by" TEXT,
    CONSTRAINT "claim_code_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "claim_try" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "account_id" TEXT NOT NULL,
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "binding" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "chat" TEXT NOT NULL,
    "unit_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "bound_by" TEXT,
    "bound_at" DATETIME NOT NULL,
    "released_at" DATETIME,
    CONSTRAINT "binding_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "binding_bound_by_fkey" FOREIGN KEY ("bound_by") REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "leave" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "person_id" TEXT NOT NULL,
    "deputy_id" TEXT,
    "from_day" TEXT NOT NULL,
    "to_day" TEXT NOT NULL,
    "said_at" DATETIME NOT NULL,
    "ended_at" DATETIME,
    CONSTRAINT "leave_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "leave_deputy_id_fkey" FOREIGN KEY ("deputy_id") REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "period" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "form" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "opens_at" DATETIME NOT NULL,
    "due_at" DATETIME NOT NULL,
    "locks_at" DATETIME NOT NULL,
    "playbook" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "obligation" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "period_id" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "chain" TEXT NOT NULL,
    CONSTRAINT "obligation_period_id_fkey" FOREIGN KEY ("period_id") REFERENCES "period" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "obligation_subject_id_fkey" FOREIGN KEY ("subject_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "report" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "obligation_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "values" TEXT NOT NULL,
    "items" TEXT NOT NULL,
    "note" TEXT,
    "sent_at" DATETIME NOT NULL,
    "received_at" DATETIME NOT NULL,
    "person_id" TEXT NOT NULL,
    "via" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    CONSTRAINT "report_obligation_id_fkey" FOREIGN KEY ("obligation_id") REFERENCES "obligation" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "report_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "exemption" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "form" TEXT NOT NULL,
    "unit_id" TEXT NOT NULL,
    "from_day" TEXT NOT NULL,
    "to_day" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "said_at" DATETIME NOT NULL,
    CONSTRAINT "exemption_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "exemption_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "slot" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "due_at" DATETIME NOT NULL,
    "decided_at" DATETIME NOT NULL,
    "outcome" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "gap" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "period_id" TEXT NOT NULL,
    "unit_id" TEXT NOT NULL,
    "row_unit_id" TEXT NOT NULL,
    "shown_at" DATETIME NOT NULL,
    "made_good_at" DATETIME,
    CONSTRAINT "gap_period_id_fkey" FOREIGN KEY ("period_id") REFERENCES "period" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "gap_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "gap_row_unit_id_fkey" FOREIGN KEY ("row_unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "confirmation" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "chat" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "asked_at" DATETIME NOT NULL,
    "expires_at" DATETIME NOT NULL,
    "used_at" DATETIME,
    CONSTRAINT "confirmation_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "inbound" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "chat" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "sent_at" DATETIME NOT NULL,
    "received_at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "priority" INTEGER NOT NULL,
    "created_at" DATETIME NOT NULL,
    "not_before" DATETIME NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "settled_at" DATETIME,
    "chat" TEXT,
    "platform_message_id" TEXT,
    "error" TEXT
);

-- CreateTable
CREATE TABLE "meta" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL
);

-- CreateIndex
CREATE INDEX "claim_try_account_id_at_idx" ON "claim_try"("account_id", "at");

-- CreateIndex
CREATE INDEX "period_key_idx" ON "period"("key");

-- CreateIndex
CREATE INDEX "obligation_period_id_idx" ON "obligation"("period_id");

-- CreateIndex
CREATE INDEX "report_obligation_id_idx" ON "report"("obligation_id");

-- CreateIndex
CREATE INDEX "gap_period_id_idx" ON "gap"("period_id");

-- CreateIndex
CREATE INDEX "confirmation_used_at_idx" ON "confirmation"("used_at");

-- CreateIndex
CREATE INDEX "outbox_state_settled_at_idx" ON "outbox"("state", "settled_at");
