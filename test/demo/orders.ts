import { setTimeout as sleep } from 'node:timers/promises'
import type { Books } from './books'
import { LAST_PIECE, skuOf } from './catalogue'
import type { Client } from './client'
import { CARDS, Customer } from './customer'
import type { Person } from './first-days'
import type { Teller } from './teller'

const names = 'Abe Bea Cem Dora Eli Fay Gus Hal Ines Jan Kai Lea Max Nell Otto'.split(' ')

/** How twenty orders come out, of which one is declined, one sells out, one is cancelled, and the rest is good. */
export const OUTCOMES = { cancelled: 1, confirmed: 17, declined: 1, 'out of stock': 1 }

/** How long the charge takes that is cancelled while it is under way. */
const SLOW_MS = 1_000

type Scene = { client: Client; books: Books; customer: (name: string) => Customer }

/** Twenty customers order, by the doors that everybody uses. */
export async function placeOrders(client: Client, books: Books, teller: Teller, owner: Person): Promise<void> {
  const scene = await open(client, books, owner)
  await teller.during(`${names.length} customers order and give their cards`, () => buyAll(scene))
  await teller.during('Paul’s card is declined', () => declined(scene))
  await teller.during('Quinn and Rita order the last piece of one thing, and one of them gets it', () =>
    lastPiece(scene),
  )
  await teller.during('Sam cancels while his card is being charged, and gets his money back', () => cancelled(scene))
  await teller.during('Tess’s card is charged, and the provider’s answer is lost', () => lostAnswer(scene))
}

async function open(client: Client, books: Books, { email }: Person): Promise<Scene> {
  const slug = await books.value<string>(
    'SELECT slug FROM "Account" JOIN "User" ON "User".id = "ownerId" WHERE email = $1',
    [email],
  )
  const products = await books.rows<{ sku: string; id: string }>('SELECT sku, id FROM "Product"')
  const idOf = new Map(products.map(({ sku, id }) => [sku, id]))
  return { client, books, customer: (name) => new Customer(client.running.appUrl, slug, idOf, name) }
}

async function buyAll({ books, customer }: Scene): Promise<void> {
  const baskets = names.map((name, i) => ({
    name,
    basket: [
      { sku: skuOf(2 + (i % 6)), quantity: 1 + (i % 3) },
      { sku: skuOf(20 + i), quantity: 2 },
    ],
  }))
  await Promise.all(baskets.map(({ name, basket }) => customer(name).buy(basket)))
  await comeOut(books, names.length)
}

async function declined({ books, customer }: Scene): Promise<void> {
  await customer('Paul').buy([{ sku: skuOf(5), quantity: 2 }], CARDS.declinedLater)
  await comeOut(books, names.length + 1)
}

/** Both have it in the basket, and both give a card. */
async function lastPiece({ books, customer }: Scene): Promise<void> {
  const both = [customer('Quinn'), customer('Rita')]
  const ordered = await Promise.all(
    both.map(async (each) => ({ each, order: await each.order([{ sku: LAST_PIECE, quantity: 1 }]) })),
  )
  await Promise.all(ordered.map(({ each, order }) => each.pay(order)))
  await comeOut(books, names.length + 3)
}

async function cancelled({ client, books, customer }: Scene): Promise<void> {
  const sam = customer('Sam')
  await client.faultOfPayments({ kind: 'slow', on: 'payment_intents.confirm', delayMs: SLOW_MS })
  const order = await sam.buy([{ sku: skuOf(4), quantity: 3 }])
  await books.until(
    'his charge has begun',
    `SELECT count(*) = 1 FROM "Payment" JOIN "Order" ON "Order".id = "orderId"
     WHERE "publicId" = $1 AND "providerIntentId" IS NOT NULL`,
    [order.publicId],
  )
  // By then the charge is asked for, and the provider takes its time over it.
  await sleep(SLOW_MS / 3)
  await sam.cancel(order)
  await comeOut(books, names.length + 4)
}

async function lostAnswer({ client, books, customer }: Scene): Promise<void> {
  await client.faultOfPayments({ kind: 'lose-answer', on: 'payment_intents.confirm' })
  await customer('Tess').buy([{ sku: skuOf(4), quantity: 1 }])
  await comeOut(books, names.length + 5)
}

/** Waits until so many orders have come out in some way. */
async function comeOut(books: Books, orders: number): Promise<void> {
  await books.until(
    `${orders} orders have come out`,
    `SELECT count(*) = $1 FROM "Order" WHERE status NOT IN ('awaiting card', 'placed') AND ("endingAs" IS NULL OR "endedAt" IS NOT NULL)`,
    [orders],
  )
}
