import { setTimeout as sleep } from 'node:timers/promises'
import type { Chance } from '../../support/chance'
import type { CrashWorld } from '../world'
import { insist } from './insist'
import type { CrashShop } from './shop'

/** Cards by which the sandbox knows what is to become of a charge. */
const CARDS = { good: '4242424242424242', declinedLater: '4000000000000341' }

/** What a customer is about to do; all by chance, and decided before anything is asked for. */
export type Mind = {
  idempotencyKey: string
  email: string
  items: { productId: string; quantity: number }[]
  card: string
  /** Some close the browser on the provider's page, whose own word must then do. */
  comesBack: boolean
  /** Real milliseconds until they want to cancel; undefined for those who don't. */
  cancelsAfterMs: number | undefined
}

export function mindOf(n: number, { products }: CrashShop, chance: Chance): Mind {
  const first = chance.pick(products)
  const second = chance.pick(products.filter((productId) => productId !== first))
  return {
    idempotencyKey: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    email: `customer-${n}@example.com`,
    items: [
      { productId: first, quantity: chance.between(1, 3) },
      ...(chance.is(0.5) ? [{ productId: second, quantity: 1 }] : []),
    ],
    card: chance.is(0.1) ? CARDS.declinedLater : CARDS.good,
    comesBack: chance.is(0.8),
    cancelsAfterMs: chance.is(0.25) ? chance.below(1_500) : undefined,
  }
}

type Placed = { publicId: string; checkoutUrl: string | null }

/**
 * Does all of it, however often it has to be asked for.
 * @returns the order's public id; undefined where they were told that there is too little left.
 */
export async function buy(world: CrashWorld, shop: CrashShop, mind: Mind): Promise<string | undefined> {
  const placed = await order(world, shop, mind)
  if ('fields' in placed) return refusedFor(placed.fields)
  const { publicId, checkoutUrl } = placed
  const pays = async () => {
    if (checkoutUrl) await giveCard(checkoutUrl, mind.card)
    if (mind.comesBack) await comeBack(world, publicId)
  }
  const cancels = async (afterMs: number) => {
    await sleep(afterMs)
    await cancel(world, publicId)
  }
  await Promise.all([pays(), mind.cancelsAfterMs === undefined ? undefined : cancels(mind.cancelsAfterMs)])
  return publicId
}

async function order({ appUrl }: CrashWorld, { slug }: CrashShop, { idempotencyKey, email, items }: Mind) {
  const form = { shop: slug, idempotencyKey, name: 'Cora', email, address: '1 High Street, Springfield', items }
  const placed = await insist(
    (signal) =>
      fetch(`${appUrl}/api/orders`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(form),
        signal,
      }),
    [201, 422],
  )
  return JSON.parse(placed) as Placed | { fields: Record<string, string> }
}

function refusedFor(fields: Record<string, string>): undefined {
  const [field = ''] = Object.keys(fields)
  if (!/^items\.\d\.quantity$/.test(field)) throw new Error(`an order was refused: ${JSON.stringify(fields)}`)
}

/** A page that was finished by a try whose answer was lost, or that was closed, takes no card. */
function giveCard(url: string, number: string): Promise<string> {
  const form = { number, expiry: '12 / 34', cvc: '123', name: 'Cora', email: 'cora@example.com' }
  const asked = (signal: AbortSignal) =>
    fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual', signal })
  return insist(asked, [200, 303, 400, 404, 409, 410])
}

function comeBack({ appUrl }: CrashWorld, publicId: string): Promise<string> {
  return insist((signal) => fetch(`${appUrl}/api/orders/${publicId}/return`, { redirect: 'manual', signal }), [303])
}

/** 409 where the order has ended. */
function cancel({ appUrl }: CrashWorld, publicId: string): Promise<string> {
  return insist((signal) => fetch(`${appUrl}/api/orders/${publicId}/cancel`, { method: 'POST', signal }), [200, 409])
}
