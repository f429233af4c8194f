-- DropIndex
DROP INDEX "outbox_state_settled_at_idx";

-- CreateIndex
CREATE INDEX "outbox_state_settled_at_idx" ON "outbox"("state", "settled_at") WHERE state <> 'sent';
