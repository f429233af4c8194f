-- CreateTable
CREATE TABLE "outage" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "platform" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "since" DATETIME NOT NULL,
    "until" DATETIME NOT NULL,
    "cause" TEXT NOT NULL,
    "lossy" TEXT NOT NULL
);

-- CreateIndex
CREATE INDEX "outage_until_idx" ON "outage"("until");
