-- CreateEnum
CREATE TYPE "order_status" AS ENUM ('awaiting card', 'placed', 'confirmed', 'declined', 'out of stock', 'cancelled', 'failed', 'expired', 'refunded');

-- CreateEnum
CREATE TYPE "payment_status" AS ENUM ('open', 'succeeded', 'declined', 'closed');

-- CreateEnum
CREATE TYPE "refund_status" AS ENUM ('requested', 'succeeded');

-- CreateTable
CREATE TABLE "Customer" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Customer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OrderNumber" (
    "accountId" TEXT NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "OrderNumber_pkey" PRIMARY KEY ("accountId")
);

-- CreateTable
CREATE TABLE "Order" (
    "id" TEXT NOT NULL,
    "publicId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "customerId" TEXT NOT NULL,
    "customerName" TEXT NOT NULL,
    "customerEmail" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "status" "order_status" NOT NULL DEFAULT 'awaiting card',
    "endingAs" "order_status",
    "totalMinor" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "idempotencyKey" TEXT NOT NULL,
    "formHash" TEXT NOT NULL,
    "providerSessionId" TEXT,
    "checkoutUrl" TEXT,
    "providerCustomerId" TEXT,
    "providerCardId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "placedAt" TIMESTAMPTZ(3),
    "confirmedAt" TIMESTAMPTZ(3),
    "cancelRequestedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Order_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OrderItem" (
    "orderId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "productId" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "priceMinor" INTEGER NOT NULL,
    "quantity" INTEGER NOT NULL,
    "totalMinor" INTEGER NOT NULL,

    CONSTRAINT "OrderItem_pkey" PRIMARY KEY ("orderId","position")
);

-- CreateTable
CREATE TABLE "Payment" (
    "id" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,
    "status" "payment_status" NOT NULL DEFAULT 'open',
    "intentAttempt" INTEGER NOT NULL DEFAULT 1,
    "providerIntentId" TEXT,
    "amountMinor" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "declineCode" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Payment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Refund" (
    "id" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,
    "paymentId" TEXT NOT NULL,
    "status" "refund_status" NOT NULL DEFAULT 'requested',
    "providerRefundId" TEXT,
    "amountMinor" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "requestedAt" TIMESTAMPTZ(3) NOT NULL,
    "succeededAt" TIMESTAMPTZ(3),

    CONSTRAINT "Refund_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WebhookEvent" (
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "objectId" TEXT NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "appliedAt" TIMESTAMPTZ(3),

    CONSTRAINT "WebhookEvent_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Customer_accountId_email_key" ON "Customer"("accountId", "email");

-- CreateIndex
CREATE INDEX "Customer_accountId_createdAt_idx" ON "Customer"("accountId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Order_publicId_key" ON "Order"("publicId");

-- CreateIndex
CREATE UNIQUE INDEX "Order_providerSessionId_key" ON "Order"("providerSessionId");

-- CreateIndex
CREATE UNIQUE INDEX "Order_accountId_number_key" ON "Order"("accountId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "Order_accountId_idempotencyKey_key" ON "Order"("accountId", "idempotencyKey");

-- CreateIndex
CREATE INDEX "Order_accountId_status_number_idx" ON "Order"("accountId", "status", "number" DESC);

-- CreateIndex
CREATE INDEX "Order_customerId_idx" ON "Order"("customerId");

-- CreateIndex
CREATE UNIQUE INDEX "OrderItem_orderId_productId_key" ON "OrderItem"("orderId", "productId");

-- CreateIndex
CREATE INDEX "OrderItem_productId_idx" ON "OrderItem"("productId");

-- CreateIndex
CREATE UNIQUE INDEX "Payment_providerIntentId_key" ON "Payment"("providerIntentId");

-- CreateIndex
CREATE INDEX "Payment_orderId_idx" ON "Payment"("orderId");

-- CreateIndex
CREATE UNIQUE INDEX "Refund_paymentId_key" ON "Refund"("paymentId");

-- CreateIndex
CREATE UNIQUE INDEX "Refund_providerRefundId_key" ON "Refund"("providerRefundId");

-- CreateIndex
CREATE INDEX "Refund_orderId_idx" ON "Refund"("orderId");

-- AddForeignKey
ALTER TABLE "Customer" ADD CONSTRAINT "Customer_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OrderNumber" ADD CONSTRAINT "OrderNumber_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Order" ADD CONSTRAINT "Order_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Order" ADD CONSTRAINT "Order_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OrderItem" ADD CONSTRAINT "OrderItem_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "Order"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OrderItem" ADD CONSTRAINT "OrderItem_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Payment" ADD CONSTRAINT "Payment_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "Order"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Refund" ADD CONSTRAINT "Refund_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "Order"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Refund" ADD CONSTRAINT "Refund_paymentId_fkey" FOREIGN KEY ("paymentId") REFERENCES "Payment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StockMovement" ADD CONSTRAINT "StockMovement_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "Order"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma's schema can't state.
-- At most one payment of an order succeeds, and one at a time is tried.
CREATE UNIQUE INDEX "Payment_one_succeeds" ON "Payment"("orderId") WHERE "status" = 'succeeded';
CREATE UNIQUE INDEX "Payment_one_is_open" ON "Payment"("orderId") WHERE "status" = 'open';
-- What health checks and expiry look for.
CREATE INDEX "Order_under_way_idx" ON "Order"("createdAt") WHERE "status" IN ('awaiting card', 'placed');

ALTER TABLE "Customer" ADD CONSTRAINT "Customer_email_is_folded" CHECK ("email" = lower("email") AND "email" <> '');
ALTER TABLE "Order" ADD CONSTRAINT "Order_currency_is_a_code" CHECK ("currency" ~ '^[A-Z]{3}$');
ALTER TABLE "Order" ADD CONSTRAINT "Order_total_is_chargeable" CHECK ("totalMinor" > 0);
ALTER TABLE "Order" ADD CONSTRAINT "Order_instants_fit_status" CHECK (
  ("status" IN ('declined', 'out of stock', 'cancelled', 'failed', 'expired', 'refunded')) = ("endedAt" IS NOT NULL)
  AND ("status" NOT IN ('placed', 'confirmed', 'declined', 'out of stock', 'failed', 'refunded') OR "placedAt" IS NOT NULL)
  AND ("status" NOT IN ('confirmed', 'refunded') OR "confirmedAt" IS NOT NULL)
  AND ("status" NOT IN ('awaiting card', 'expired') OR "placedAt" IS NULL)
);
ALTER TABLE "Order" ADD CONSTRAINT "Order_placed_has_card" CHECK ("placedAt" IS NULL OR ("providerCustomerId" IS NOT NULL AND "providerCardId" IS NOT NULL));
ALTER TABLE "Order" ADD CONSTRAINT "Order_ends_as_it_was_to" CHECK (
  "endingAs" IS NULL OR ("endingAs" IN ('declined', 'out of stock', 'cancelled', 'failed', 'refunded') AND ("endedAt" IS NULL OR "status" = "endingAs"))
);
ALTER TABLE "Order" ADD CONSTRAINT "Order_cancel_ends_it" CHECK ("cancelRequestedAt" IS NULL OR "endingAs" IS NOT NULL);
ALTER TABLE "OrderItem" ADD CONSTRAINT "OrderItem_total_fits" CHECK ("quantity" > 0 AND "priceMinor" >= 0 AND "totalMinor" = "priceMinor" * "quantity");
ALTER TABLE "Payment" ADD CONSTRAINT "Payment_fits" CHECK ("amountMinor" > 0 AND "intentAttempt" > 0 AND ("status" = 'open') = ("endedAt" IS NULL));
ALTER TABLE "Payment" ADD CONSTRAINT "Payment_success_has_intent" CHECK ("status" NOT IN ('succeeded', 'declined') OR "providerIntentId" IS NOT NULL);
ALTER TABLE "Refund" ADD CONSTRAINT "Refund_fits" CHECK ("amountMinor" > 0 AND ("status" = 'succeeded') = ("succeededAt" IS NOT NULL AND "providerRefundId" IS NOT NULL));

-- The ways that an order's status can go; `lib/orders/statuses.ts` has the same table.
CREATE FUNCTION "checkOrderStatus"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD."status"::text, NEW."status"::text) NOT IN (
    ('awaiting card', 'placed'), ('awaiting card', 'cancelled'), ('awaiting card', 'expired'),
    ('placed', 'confirmed'), ('placed', 'declined'), ('placed', 'out of stock'), ('placed', 'cancelled'), ('placed', 'failed'),
    ('confirmed', 'cancelled'), ('confirmed', 'refunded')
  ) THEN
    RAISE EXCEPTION 'An order that is % can''t become %.', OLD."status", NEW."status" USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "Order_status_goes_its_ways" BEFORE UPDATE OF "status" ON "Order" FOR EACH ROW
  WHEN (OLD."status" <> NEW."status") EXECUTE FUNCTION "checkOrderStatus"();

-- Prices were agreed on: what was ordered stays as it was.
CREATE TRIGGER "OrderItem_stays" AFTER UPDATE ON "OrderItem" FOR EACH ROW
  WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION "refuseChange"('What was ordered stays as it was.');
