-- What the search for parts of words stands on.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- A text without case and accents, by rules that are the same on every server.
CREATE FUNCTION "foldText"(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(regexp_replace(normalize($1, NFKD), U&'[\0300-\036F]', '', 'g'));

-- CreateEnum
CREATE TYPE "stock_movement_kind" AS ENUM ('opening', 'received', 'adjusted', 'imported', 'reserved', 'released', 'sold', 'returned');

-- AlterTable
ALTER TABLE "Account" ADD COLUMN "currency" TEXT NOT NULL DEFAULT 'USD';

-- CreateTable. A title holds no line break, so that "Mug" comes before "Mug, blue" whatever their SKUs are.
CREATE TABLE "Product" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "priceMinor" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "onHand" INTEGER NOT NULL DEFAULT 0,
    "reserved" INTEGER NOT NULL DEFAULT 0,
    "available" INTEGER NOT NULL GENERATED ALWAYS AS ("onHand" - "reserved") STORED,
    "lowStockLevel" INTEGER NOT NULL DEFAULT 0,
    "isAmple" BOOLEAN NOT NULL GENERATED ALWAYS AS ("onHand" - "reserved" > "lowStockLevel") STORED,
    "searchText" TEXT NOT NULL GENERATED ALWAYS AS ("foldText"("title" || E'\n' || "sku")) STORED,
    "archivedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Product_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StockMovement" (
    "id" BIGSERIAL NOT NULL,
    "productId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "kind" "stock_movement_kind" NOT NULL,
    "onHandDelta" INTEGER NOT NULL DEFAULT 0,
    "reservedDelta" INTEGER NOT NULL DEFAULT 0,
    "key" TEXT NOT NULL,
    "orderId" TEXT,
    "note" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "StockMovement_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Product_accountId_sku_key" ON "Product"("accountId", "sku");

-- CreateIndex
CREATE INDEX "Product_accountId_isAmple_searchText_id_idx" ON "Product"("accountId", "isAmple", "searchText", "id") WHERE "archivedAt" IS NULL;

-- CreateIndex
CREATE INDEX "Product_accountId_searchText_id_idx" ON "Product"("accountId", "searchText", "id") WHERE "archivedAt" IS NULL;

-- CreateIndex
CREATE INDEX "Product_accountId_priceMinor_id_idx" ON "Product"("accountId", "priceMinor", "id") WHERE "archivedAt" IS NULL;

-- CreateIndex
CREATE INDEX "Product_accountId_available_id_idx" ON "Product"("accountId", "available", "id") WHERE "archivedAt" IS NULL;

-- CreateIndex
CREATE INDEX "Product_accountId_updatedAt_id_idx" ON "Product"("accountId", "updatedAt", "id") WHERE "archivedAt" IS NULL;

-- CreateIndex
CREATE INDEX "Product_search_idx" ON "Product" USING GIN ("searchText" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "StockMovement_key_key" ON "StockMovement"("key");

-- CreateIndex
CREATE INDEX "StockMovement_productId_id_idx" ON "StockMovement"("productId", "id" DESC);

-- CreateIndex
CREATE INDEX "StockMovement_orderId_idx" ON "StockMovement"("orderId") WHERE "orderId" IS NOT NULL;

-- AddForeignKey
ALTER TABLE "Product" ADD CONSTRAINT "Product_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StockMovement" ADD CONSTRAINT "StockMovement_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma's schema can't state.
CREATE INDEX "Product_archived_idx" ON "Product"("accountId", "searchText", "id") WHERE "archivedAt" IS NOT NULL;

ALTER TABLE "Account" ADD CONSTRAINT "Account_currency_is_a_code" CHECK ("currency" ~ '^[A-Z]{3}$');
ALTER TABLE "Product" ADD CONSTRAINT "Product_currency_is_a_code" CHECK ("currency" ~ '^[A-Z]{3}$');
ALTER TABLE "Product" ADD CONSTRAINT "Product_has_names" CHECK ("sku" <> '' AND "title" <> '');
ALTER TABLE "Product" ADD CONSTRAINT "Product_price_fits" CHECK ("priceMinor" >= 0);
ALTER TABLE "Product" ADD CONSTRAINT "Product_stock_fits" CHECK (0 <= "reserved" AND "reserved" <= "onHand");
ALTER TABLE "Product" ADD CONSTRAINT "Product_low_stock_level_fits" CHECK ("lowStockLevel" >= 0);
ALTER TABLE "StockMovement" ADD CONSTRAINT "StockMovement_moves_as_its_kind_does" CHECK (
  CASE "kind"
    WHEN 'opening' THEN "onHandDelta" > 0 AND "reservedDelta" = 0
    WHEN 'received' THEN "onHandDelta" > 0 AND "reservedDelta" = 0
    WHEN 'adjusted' THEN "onHandDelta" <> 0 AND "reservedDelta" = 0
    WHEN 'imported' THEN "onHandDelta" <> 0 AND "reservedDelta" = 0
    WHEN 'reserved' THEN "onHandDelta" = 0 AND "reservedDelta" > 0
    WHEN 'released' THEN "onHandDelta" = 0 AND "reservedDelta" < 0
    WHEN 'sold' THEN "onHandDelta" < 0 AND "reservedDelta" = "onHandDelta"
    WHEN 'returned' THEN "onHandDelta" > 0 AND "reservedDelta" = 0
  END
);
ALTER TABLE "StockMovement" ADD CONSTRAINT "StockMovement_order_fits" CHECK (("kind" IN ('reserved', 'released', 'sold', 'returned')) = ("orderId" IS NOT NULL));

-- A product's stock is the sum of its movements, whoever writes: each movement is added to it here, a new product's stock
-- becomes its first movement, and any other change is refused.
CREATE FUNCTION "addMovements"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- In the order in which everybody locks products, so that nobody waits in a ring.
  PERFORM 1 FROM "Product" WHERE "id" IN (SELECT "productId" FROM added) ORDER BY "id" FOR NO KEY UPDATE;
  UPDATE "Product" AS product
  SET "onHand" = product."onHand" + moved."onHand", "reserved" = product."reserved" + moved."reserved"
  FROM (
    SELECT "productId", sum("onHandDelta")::int AS "onHand", sum("reservedDelta")::int AS "reserved"
    FROM added GROUP BY "productId"
  ) AS moved
  WHERE product."id" = moved."productId";
  RETURN NULL;
END $$;
CREATE TRIGGER "StockMovement_is_added" AFTER INSERT ON "StockMovement" REFERENCING NEW TABLE AS added FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION "addMovements"();

CREATE FUNCTION "openStock"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "StockMovement" ("productId", "accountId", "kind", "onHandDelta", "reservedDelta", "key", "at")
  SELECT "id", "accountId", 'opening', "onHand", "reserved", 'product/' || "id" || '/opening', "createdAt"
  FROM added WHERE "onHand" <> 0 OR "reserved" <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER "Product_opens_stock" AFTER INSERT ON "Product" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "openStock"();

CREATE FUNCTION "refuseChange"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER "Product_stock_follows_ledger" AFTER UPDATE OF "onHand", "reserved" ON "Product" FOR EACH ROW
  WHEN (pg_trigger_depth() = 0 AND (OLD."onHand" <> NEW."onHand" OR OLD."reserved" <> NEW."reserved"))
  EXECUTE FUNCTION "refuseChange"('A product''s stock changes by its movements alone.');
-- Those of a product go with it, when its whole shop does.
CREATE TRIGGER "StockMovement_stays" AFTER UPDATE OR DELETE ON "StockMovement" FOR EACH ROW
  WHEN (pg_trigger_depth() = 0)
  EXECUTE FUNCTION "refuseChange"('The stock ledger is only added to.');
