-- CreateEnum
CREATE TYPE "product_image_status" AS ENUM ('uploaded', 'queued', 'processing', 'ready', 'failed');

-- CreateEnum
CREATE TYPE "image_operation" AS ENUM ('resize', 'compress', 'watermark');

-- CreateTable
CREATE TABLE "ProductImage" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "productId" TEXT NOT NULL,
    "status" "product_image_status" NOT NULL DEFAULT 'queued',
    "operations" "image_operation"[],
    "outputPath" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "bytes" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "widths" INTEGER[],
    "failure" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "processedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ProductImage_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ProductImage_productId_position_idx" ON "ProductImage"("productId", "position");

-- CreateIndex
CREATE INDEX "ProductImage_accountId_idx" ON "ProductImage"("accountId");

-- AddForeignKey
ALTER TABLE "ProductImage" ADD CONSTRAINT "ProductImage_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProductImage" ADD CONSTRAINT "ProductImage_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma's schema can't state.
ALTER TABLE "ProductImage" ADD CONSTRAINT "ProductImage_operations_are_some" CHECK (cardinality("operations") > 0 AND array_position("operations", NULL) IS NULL);
ALTER TABLE "ProductImage" ADD CONSTRAINT "ProductImage_size_fits" CHECK ("width" > 0 AND "height" > 0 AND "bytes" > 0 AND "position" >= 0);
ALTER TABLE "ProductImage" ADD CONSTRAINT "ProductImage_files_follow_status" CHECK (("status" = 'ready') = ("processedAt" IS NOT NULL) AND ("status" = 'ready') = (coalesce(cardinality("widths"), 0) > 0));
ALTER TABLE "ProductImage" ADD CONSTRAINT "ProductImage_failure_follows_status" CHECK (("status" = 'failed') = ("failure" IS NOT NULL));
