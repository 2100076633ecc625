import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { closeDb, db } from '@/lib/db'
import { forgetEnv } from '@/lib/env'
import { createProduct } from '@/lib/products/create-product'
import type { NewProductForm } from '@/lib/products/fields'
import { createDatabase, type TestDatabase } from './database'
import { keepEnvironment } from './keep-environment'

/** One database for all tests of a file; each test opens shops of its own in it. */
export function ownShopDatabase(): { url: () => string } {
  const restoreEnvironment = keepEnvironment()
  let database: TestDatabase

  beforeAll(async () => {
    database = await createDatabase()
    const settings = { BACKROOM_MODE: 'local', BACKROOM_ENGINE: 'external', SESSION_SECRET: 'a'.repeat(64) }
    Object.assign(process.env, { ...settings, DATABASE_URL: database.url })
    forgetEnv()
  })

  afterAll(async () => {
    await closeDb()
    await database?.drop()
    restoreEnvironment()
    forgetEnv()
  })

  return { url: () => database.url }
}

/** The owner of a new shop, by the rows alone: no event tells of it, and nobody waits for a password to be hashed. */
export async function openShop({ currency = 'USD' } = {}): Promise<Actor> {
  const [userId, id] = [randomUUID(), randomUUID()]
  const [email, name] = [`${userId}@example.com`, 'Corner Shop']
  await db().user.create({ data: { id: userId, name: 'Ann', email } })
  const account = await db().account.create({ data: { id, ownerId: userId, name, slug: id, currency } })
  return { userId, email, name: 'Ann', emailVerified: true, isOperator: false, account }
}

let count = 0

/** A product's form that is right in every field, with an SKU like no other. */
export function productForm(change: Partial<NewProductForm> = {}): NewProductForm {
  const n = ++count
  return {
    ...{ sku: `MUG-${n}`, title: `Mug ${n}`, description: 'It holds tea.', price: '12.50' },
    ...{ lowStockLevel: 5, onHand: 10, ...change },
  }
}

/** Adds a product by the app's own verb. @returns its id. */
export async function addProduct(actor: Pick<Actor, 'account'>, change: Partial<NewProductForm> = {}): Promise<string> {
  const created = await createProduct(actor, productForm(change))
  if (!created.ok) throw new Error(created.message)
  return created.productId
}

/**
 * An order by its rows alone, which waits for a card: what stock is reserved for.
 * @returns its id.
 */
export async function addOrder({ account }: Pick<Actor, 'account'>, id: string = randomUUID()): Promise<string> {
  const accountId = account.id
  // Far from those that a shop gives itself, from 1,001 on: the files of one worker share this count.
  const [customerId, at, number] = [randomUUID(), new Date(), 1_000_000 + ++count]
  const who = { customerName: 'Cora', customerEmail: 'cora@example.com', address: '1 High Street' }
  await db().customer.create({
    data: { id: customerId, accountId, email: `${customerId}@example.com`, name: 'Cora', createdAt: at },
  })
  await db().order.create({
    data: {
      ...{ id, accountId, customerId, number, ...who, totalMinor: 1_250, currency: account.currency },
      ...{ publicId: id, idempotencyKey: id, formHash: '', createdAt: at, expiresAt: at },
    },
  })
  return id
}

export type LedgerCheck = { id: string; onHand: number; reserved: number; onHandSum: number; reservedSum: number }

/** Every product's stock of a shop beside what its ledger sums up to, by SKU. */
export function stockAndSums({ account }: Pick<Actor, 'account'>): Promise<LedgerCheck[]> {
  return db().$queryRaw<LedgerCheck[]>`
    SELECT product."id", product."onHand", product."reserved",
      coalesce(sum(movement."onHandDelta"), 0)::int AS "onHandSum",
      coalesce(sum(movement."reservedDelta"), 0)::int AS "reservedSum"
    FROM "Product" AS product LEFT JOIN "StockMovement" AS movement ON movement."productId" = product."id"
    WHERE product."accountId" = ${account.id} GROUP BY product."id" ORDER BY product."sku"`
}
