-- All that reports read of a shop's orders: its orders of some days lie beside each other here, and each on a page of its
-- own in the table.
DROP INDEX "Order_placed_at_idx";
CREATE INDEX "Order_placed_at_idx" ON "Order"("accountId", "placedAt")
  INCLUDE ("id", "status", "totalMinor", "currency", "confirmedAt", "endedAt") WHERE "placedAt" IS NOT NULL;
-- What an order's items say is read with the row that finds them.
DROP INDEX "OrderItem_orderId_productId_key";
CREATE UNIQUE INDEX "OrderItem_orderId_productId_key" ON "OrderItem"("orderId", "productId")
  INCLUDE ("title", "quantity", "totalMinor");
