/** How many accounts there are, the instant of their morning, and how many orders each has. */
export const asked = 'CREATE TEMP TABLE asked AS SELECT $1::int AS accounts, $2::timestamptz AS slot, $3::int AS orders'

/** Fills a database as it was asked for: shops with owners, customers, products, and orders up to the day before the slot. */
export const steps: readonly string[] = [
  `INSERT INTO "User" ("id", "name", "email", "updatedAt")
   SELECT md5('user' || n)::uuid::text, 'Ann', 'owner-' || n || '@example.com', slot - interval '90 days'
   FROM asked CROSS JOIN generate_series(1, accounts) AS n`,

  `INSERT INTO "Account" ("id", "ownerId", "name", "slug", "createdAt", "updatedAt")
   SELECT md5('account' || n)::uuid::text, md5('user' || n)::uuid::text, 'Corner Shop no. ' || n, 'shop-' || n, at, at
   FROM asked CROSS JOIN generate_series(1, accounts) AS n CROSS JOIN LATERAL (SELECT slot - interval '90 days' AS at) AS opened`,

  `UPDATE "ReportSchedule" SET "lookAt" = slot, "decidedUpTo" = slot - interval '1 day',
     "isOn" = "type" = 'daily' FROM asked`,

  `INSERT INTO "Product" ("id", "accountId", "sku", "title", "priceMinor", "currency", "onHand", "lowStockLevel", "createdAt", "updatedAt")
   SELECT md5('product' || n || '/' || p)::uuid::text, md5('account' || n)::uuid::text, 'MUG-' || p, 'Enamel mug no. ' || p,
     500 + 150 * p, 'USD', CASE WHEN p = 0 THEN 3 ELSE 100 END, 5, at, at
   FROM asked CROSS JOIN generate_series(1, accounts) AS n CROSS JOIN generate_series(0, 4) AS p
   CROSS JOIN LATERAL (SELECT slot - interval '80 days' AS at) AS added`,

  // What follows is checked by the way in which it is made.
  `SET session_replication_role = replica`,
  `DROP INDEX "Order_search_idx"`,

  `INSERT INTO "Customer" ("id", "accountId", "email", "name", "createdAt")
   SELECT md5('customer' || n || '/' || c)::uuid::text, md5('account' || n)::uuid::text, 'cora-' || n || '-' || c || '@example.com',
     'Cora Berg', slot - (10 - c) * interval '3 days'
   FROM asked CROSS JOIN generate_series(0, 9) AS c CROSS JOIN generate_series(1, accounts) AS n`,

  // In the order of time, as they would have come: two a day of each account, the last ones on the day before its morning.
  `INSERT INTO "Order" ("id", "publicId", "accountId", "number", "customerId", "customerName", "customerEmail", "address", "status",
     "endingAs", "totalMinor", "currency", "idempotencyKey", "formHash", "providerCustomerId", "providerCardId", "createdAt",
     "expiresAt", "placedAt", "confirmedAt", "cancelRequestedAt", "endedAt")
   SELECT id, md5('public' || id)::uuid::text, md5('account' || n)::uuid::text, k + 1,
     md5('customer' || n || '/' || k % 10)::uuid::text, 'Cora Berg', 'cora-' || n || '-' || k % 10 || '@example.com',
     n || ' High Street, Springfield', status::"order_status", CASE WHEN status <> 'confirmed' THEN status END::"order_status",
     CASE WHEN k % 2 = 0 THEN 500 + 150 * ((k + n) % 5) ELSE 1000 + 300 * ((k + n) % 5) + 500 + 150 * ((k + n + 1) % 5) END,
     'USD', md5('key' || id)::uuid::text, md5(id), 'cus_' || id, 'pm_' || id, at - interval '2 minutes', at + interval '28 minutes',
     at, CASE WHEN status IN ('confirmed', 'refunded') THEN at + interval '1 second' END,
     CASE WHEN status = 'cancelled' THEN at END, CASE WHEN status <> 'confirmed' THEN at + interval '1 hour' END
   FROM asked CROSS JOIN generate_series(0, orders - 1) AS k CROSS JOIN generate_series(1, accounts) AS n
   CROSS JOIN LATERAL (
     SELECT md5('order' || n || '/' || k)::uuid::text AS id,
       slot - interval '33 hours' - (orders - 1 - k) / 2 * interval '1 day' + (n + k * 7) % 20 * interval '1 hour' AS at,
       CASE WHEN k % 10 = 3 THEN 'cancelled' WHEN k % 10 = 7 THEN 'declined' WHEN k = 21 THEN 'refunded' ELSE 'confirmed' END AS status
   ) AS made
   ORDER BY k, n`,

  `INSERT INTO "OrderItem" ("orderId", "position", "productId", "sku", "title", "priceMinor", "quantity", "totalMinor")
   SELECT md5('order' || n || '/' || k)::uuid::text, i, md5('product' || n || '/' || p)::uuid::text, 'MUG-' || p,
     'Enamel mug no. ' || p, 500 + 150 * p, quantity, (500 + 150 * p) * quantity
   FROM asked CROSS JOIN generate_series(0, orders - 1) AS k CROSS JOIN generate_series(1, accounts) AS n CROSS JOIN generate_series(0, 1) AS i
   CROSS JOIN LATERAL (SELECT (k + n + i) % 5 AS p, CASE WHEN k % 2 = 1 AND i = 0 THEN 2 ELSE 1 END AS quantity) AS made
   WHERE i = 0 OR k % 2 = 1
   ORDER BY k, n, i`,

  `INSERT INTO "Payment" ("id", "orderId", "status", "providerIntentId", "amountMinor", "refundedMinor", "currency", "createdAt",
     "endedAt", "reconciledAt")
   SELECT md5('payment' || "id")::uuid::text, "id", CASE WHEN "status" = 'declined' THEN 'declined' ELSE 'succeeded' END::"payment_status",
     'pi_' || "id", "totalMinor", CASE WHEN "status" = 'refunded' THEN "totalMinor" ELSE 0 END, "currency", "placedAt", "placedAt",
     "placedAt"
   FROM "Order" WHERE "status" <> 'cancelled' ORDER BY "placedAt"`,

  `INSERT INTO "OrderNumber" ("accountId", "last") SELECT "id", (SELECT max("number") FROM "Order" WHERE "accountId" = "Account"."id")
   FROM "Account"`,
  `CREATE INDEX "Order_search_idx" ON "Order" USING GIN ("searchText" gin_trgm_ops) WITH (fastupdate = off)`,
  `SET session_replication_role = origin`,
  // As autovacuum would, some minutes after such a load.
  'VACUUM ANALYZE',
]
