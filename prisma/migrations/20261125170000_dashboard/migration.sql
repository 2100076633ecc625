-- What the dashboard counts of a shop, each by an index that holds no more than that.
-- What Prisma's schema can't state.
CREATE INDEX "Order_placed_at_idx" ON "Order"("accountId", "placedAt") INCLUDE ("status", "totalMinor", "currency") WHERE "placedAt" IS NOT NULL;
CREATE INDEX "Order_being_ended_idx" ON "Order"("accountId") WHERE "endingAs" IS NOT NULL AND "endedAt" IS NULL;
CREATE INDEX "ProductImage_not_ready_idx" ON "ProductImage"("accountId", "status") WHERE "status" <> 'ready';
CREATE INDEX "ProductImport_under_way_idx" ON "ProductImport"("accountId") WHERE "status" IN ('uploaded', 'running');
CREATE INDEX "BulkUpdate_under_way_idx" ON "BulkUpdate"("accountId") WHERE "status" = 'running';
