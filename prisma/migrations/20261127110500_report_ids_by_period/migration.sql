-- DropIndex
DROP INDEX "report_obligation_id_idx";

-- An id began with the message's; now it begins with the obligation's.
UPDATE "report" SET "id" = "obligation_id" || '#' || "id";
