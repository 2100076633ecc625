-- CreateEnum
CREATE TYPE "product_import_status" AS ENUM ('uploaded', 'running', 'completed', 'failed', 'cancelled');

-- CreateTable
CREATE TABLE "ProductImport" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "isDryRun" BOOLEAN NOT NULL,
    "status" "product_import_status" NOT NULL DEFAULT 'uploaded',
    "position" INTEGER NOT NULL DEFAULT 0,
    "lastRow" INTEGER NOT NULL DEFAULT 1,
    "rowsRead" INTEGER NOT NULL DEFAULT 0,
    "created" INTEGER NOT NULL DEFAULT 0,
    "updated" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "bad" INTEGER NOT NULL DEFAULT 0,
    "problem" TEXT,
    "cancelRequestedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "startedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ProductImport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProductImportReject" (
    "importId" TEXT NOT NULL,
    "rowNumber" INTEGER NOT NULL,
    "field" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "ProductImportReject_pkey" PRIMARY KEY ("importId", "rowNumber")
);

-- CreateTable
CREATE TABLE "ProductImportSku" (
    "importId" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "rowNumber" INTEGER NOT NULL,

    CONSTRAINT "ProductImportSku_pkey" PRIMARY KEY ("importId", "sku")
);

-- CreateIndex
CREATE INDEX "ProductImport_accountId_createdAt_id_idx" ON "ProductImport"("accountId", "createdAt" DESC, "id" DESC);

-- AddForeignKey
ALTER TABLE "ProductImport" ADD CONSTRAINT "ProductImport_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProductImportReject" ADD CONSTRAINT "ProductImportReject_importId_fkey" FOREIGN KEY ("importId") REFERENCES "ProductImport"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProductImportSku" ADD CONSTRAINT "ProductImportSku_importId_fkey" FOREIGN KEY ("importId") REFERENCES "ProductImport"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma's schema can't state.
ALTER TABLE "ProductImport" ADD CONSTRAINT "ProductImport_counts_fit" CHECK ("created" >= 0 AND "updated" >= 0 AND "unchanged" >= 0 AND "bad" >= 0 AND "created" + "updated" + "unchanged" + "bad" = "rowsRead");
ALTER TABLE "ProductImport" ADD CONSTRAINT "ProductImport_position_fits" CHECK (0 <= "position" AND "position" <= "bytes" AND "rowsRead" < "lastRow");
ALTER TABLE "ProductImport" ADD CONSTRAINT "ProductImport_has_started" CHECK ("status" <> 'uploaded' OR ("position" = 0 AND "startedAt" IS NULL));
ALTER TABLE "ProductImport" ADD CONSTRAINT "ProductImport_has_ended" CHECK (("status" IN ('completed', 'failed', 'cancelled')) = ("endedAt" IS NOT NULL));
ALTER TABLE "ProductImport" ADD CONSTRAINT "ProductImport_failed_with_a_problem" CHECK (("status" = 'failed') = ("problem" IS NOT NULL));
ALTER TABLE "ProductImport" ADD CONSTRAINT "ProductImport_is_cancelled_on_request" CHECK ("status" <> 'cancelled' OR "cancelRequestedAt" IS NOT NULL);
