-- CreateEnum
CREATE TYPE "bulk_update_status" AS ENUM ('running', 'completed', 'cancelled');

-- CreateTable
CREATE TABLE "BulkUpdate" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "selection" JSONB NOT NULL,
    "change" JSONB NOT NULL,
    "status" "bulk_update_status" NOT NULL DEFAULT 'running',
    "total" INTEGER NOT NULL,
    "seen" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "refusals" JSONB NOT NULL DEFAULT '[]',
    "lastProductId" TEXT NOT NULL DEFAULT '',
    "cancelRequestedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "BulkUpdate_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "BulkUpdate_accountId_createdAt_idx" ON "BulkUpdate"("accountId", "createdAt" DESC);

-- AddForeignKey
ALTER TABLE "BulkUpdate" ADD CONSTRAINT "BulkUpdate_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma's schema can't state.
ALTER TABLE "BulkUpdate" ADD CONSTRAINT "BulkUpdate_counts_fit" CHECK ("total" >= 0 AND "changed" >= 0 AND "refused" >= 0 AND "changed" + "refused" <= "seen");
ALTER TABLE "BulkUpdate" ADD CONSTRAINT "BulkUpdate_has_ended" CHECK (("status" = 'running') = ("endedAt" IS NULL));
ALTER TABLE "BulkUpdate" ADD CONSTRAINT "BulkUpdate_is_cancelled_on_request" CHECK ("status" <> 'cancelled' OR "cancelRequestedAt" IS NOT NULL);
