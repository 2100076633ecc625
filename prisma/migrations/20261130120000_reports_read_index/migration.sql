-- All that reports read of a shop's orders: its orders of some days lie beside each other here, and each on a page of its
-- own in the table.
DROP INDEX "Order_placed_at_idx";
CREATE INDEX "Order_placed_at_idx" ON "Order"("accountId", "placedAt")
  INCLUDE ("id", "status", "totalMinor", "currency", "confirmedAt", "endedAt") WHERE "placedAt" IS NOT NULL;
