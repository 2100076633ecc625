-- CreateEnum
CREATE TYPE "payment_discrepancy_kind" AS ENUM ('unknown charge', 'not charged', 'amount differs', 'refund missing');

-- CreateTable
CREATE TABLE "Incident" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "alertedAt" TIMESTAMPTZ(3),
    "closedAt" TIMESTAMPTZ(3),
    "closeAlertedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "KnownSchedule" (
    "id" TEXT NOT NULL,
    "cron" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "KnownSchedule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PaymentDiscrepancy" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "kind" "payment_discrepancy_kind" NOT NULL,
    "providerIntentId" TEXT NOT NULL,
    "paymentId" TEXT,
    "orderId" TEXT,
    "currency" TEXT NOT NULL,
    "theirsMinor" INTEGER NOT NULL,
    "oursMinor" INTEGER NOT NULL,
    "foundAt" TIMESTAMPTZ(3) NOT NULL,
    "closedAt" TIMESTAMPTZ(3),
    "closedBy" TEXT,
    "note" TEXT,

    CONSTRAINT "PaymentDiscrepancy_pkey" PRIMARY KEY ("id")
);

-- AlterTable
ALTER TABLE "Payment" ADD COLUMN "reconciledAt" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "Incident_openedAt_id_idx" ON "Incident"("openedAt" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "PaymentDiscrepancy_key_key" ON "PaymentDiscrepancy"("key");

-- CreateIndex
CREATE INDEX "PaymentDiscrepancy_providerIntentId_idx" ON "PaymentDiscrepancy"("providerIntentId");

-- CreateIndex
CREATE INDEX "PaymentDiscrepancy_foundAt_id_idx" ON "PaymentDiscrepancy"("foundAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Run_endedAt_idx" ON "Run" USING BRIN ("endedAt");

-- CreateIndex
CREATE INDEX "Order_createdAt_idx" ON "Order" USING BRIN ("createdAt");


-- What Prisma's schema can't state.
-- Of one thing that is wrong there is one open incident.
CREATE UNIQUE INDEX "Incident_one_is_open" ON "Incident"("kind", "subject") WHERE "closedAt" IS NULL;
CREATE INDEX "PaymentDiscrepancy_open_idx" ON "PaymentDiscrepancy"("foundAt") WHERE "closedAt" IS NULL;
-- What the provider has not been asked about since it was charged.
CREATE INDEX "Payment_to_reconcile_idx" ON "Payment"("createdAt", "id") WHERE "status" = 'succeeded' AND "reconciledAt" IS NULL;
-- Orders whose end was decided, and has not come.
CREATE INDEX "Order_to_end_idx" ON "Order"("createdAt") WHERE "endingAs" IS NOT NULL AND "endedAt" IS NULL;
-- Letters of which nobody knows yet whether they went out.
CREATE INDEX "Letter_undecided_idx" ON "Letter"("status") WHERE "status" <> 'sent';

ALTER TABLE "Incident" ADD CONSTRAINT "Incident_instants_fit" CHECK (
  ("closedAt" IS NULL OR "closedAt" >= "openedAt") AND ("closeAlertedAt" IS NULL OR "closedAt" IS NOT NULL)
);
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_names_something" CHECK ("kind" <> '' AND "subject" <> '');
ALTER TABLE "PaymentDiscrepancy" ADD CONSTRAINT "PaymentDiscrepancy_closed_fits" CHECK (
  ("closedAt" IS NULL) = ("note" IS NULL) AND ("closedBy" IS NULL OR "closedAt" IS NOT NULL)
);
ALTER TABLE "PaymentDiscrepancy" ADD CONSTRAINT "PaymentDiscrepancy_amounts_fit" CHECK (
  "theirsMinor" >= 0 AND "oursMinor" >= 0 AND "currency" ~ '^[A-Z]{3}$'
);
