-- What of a shop's takings was given back is found by the orders that its index names.
-- What Prisma's schema can't state.
DROP INDEX "Order_placed_at_idx";
CREATE INDEX "Order_placed_at_idx" ON "Order"("accountId", "placedAt") INCLUDE ("id", "status", "totalMinor", "currency") WHERE "placedAt" IS NOT NULL;
CREATE INDEX "Payment_refunded_idx" ON "Payment"("orderId") INCLUDE ("refundedMinor") WHERE "refundedMinor" > 0;
