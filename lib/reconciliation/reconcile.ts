import { now } from '../clock'
import { db } from '../db'
import {
  findProviderIntent,
  listIntents,
  listRefundedIntents,
  type ProviderIntent,
  type Window,
} from '../payments/provider-records'
import { type Acted, actOnVerdict } from './act-on-verdict'
import { closeGone } from './discrepancies'
import { judgeIntent, type Ours } from './judge-intent'
import { readOurs } from './read-ours'

/** What one part of a comparison came to, and where the next part begins; null where there is none. */
export type Compared = { compared: number; settled: number; shown: number; next: string | null }

/** Pages of a hundred in one part. */
const MOST_PAGES = 10
const MOST_PAYMENTS = 100
const NONE: Ours = { payment: null, order: null }

/** Compares the intents that were created at the provider within a window with our tables. @throws ProviderAwayError */
export function compareIntents(window: Window, after: string | null): Promise<Compared> {
  return inPages(after, async (cursor) => {
    const { items, next } = await listIntents(window, cursor)
    return { next, ...(await compare(items)) }
  })
}

/** Compares those of which something was given back within a window. @throws ProviderAwayError */
export function compareRefunds(window: Window, after: string | null): Promise<Compared> {
  return inPages(after, async (cursor) => {
    const { items, next } = await listRefundedIntents(window, cursor)
    return { next, ...(await compareEach(await notWhollyNoted(items))) }
  })
}

/** Payments of which all is noted as given back need not be asked about. */
async function notWhollyNoted(intentIds: string[]): Promise<string[]> {
  const payments = await db().payment.findMany({
    where: { providerIntentId: { in: intentIds } },
    select: { providerIntentId: true, amountMinor: true, refundedMinor: true },
  })
  return payments
    .filter(({ amountMinor, refundedMinor }) => refundedMinor < amountMinor)
    .flatMap(({ providerIntentId }) => providerIntentId ?? [])
}

/** Asks the provider about our charged payments that its lists did not show. @throws ProviderAwayError */
export async function compareUnseen({ from, to }: Window, after: string | null): Promise<Compared> {
  const unseen = await db().payment.findMany({
    where: { status: 'succeeded', reconciledAt: null, createdAt: { gte: from, lte: to }, id: { gt: after ?? '' } },
    orderBy: { id: 'asc' },
    take: MOST_PAYMENTS,
    select: { id: true, providerIntentId: true },
  })
  const counts = await compareEach(unseen.flatMap(({ providerIntentId }) => providerIntentId ?? []))
  return { ...counts, next: unseen.length === MOST_PAYMENTS ? (unseen.at(-1)?.id ?? null) : null }
}

/** Looks again at the differences that are open. @returns how many of them have gone. @throws ProviderAwayError */
export async function lookAgain(): Promise<number> {
  const open = await db().paymentDiscrepancy.findMany({
    where: { closedAt: null },
    orderBy: { foundAt: 'asc' },
    take: MOST_PAYMENTS,
    select: { providerIntentId: true, orderId: true },
  })
  let gone = 0
  for (const [intentId, orderId] of new Map(open.map((each) => [each.providerIntentId, each.orderId])))
    if ((await judgeAnew(intentId, orderId)).verdict.is !== 'to show') gone += await closeGone(intentId, now())
  return gone
}

async function inPages(
  after: string | null,
  compareOne: (cursor: string | null) => Promise<Compared>,
): Promise<Compared> {
  const sum: Compared = { compared: 0, settled: 0, shown: 0, next: after }
  for (let page = 0; page < MOST_PAGES; page++) {
    const { compared, settled, shown, next } = await compareOne(sum.next)
    Object.assign(sum, { compared: sum.compared + compared, settled: sum.settled + settled, shown: sum.shown + shown })
    sum.next = next
    if (!next) break
  }
  return sum
}

type Counts = Omit<Compared, 'next'>

async function compare(intents: ProviderIntent[]): Promise<Counts> {
  const ours = await readOurs(intents)
  const acted: Acted[] = []
  for (const theirs of intents) {
    const known = ours.get(theirs.id) ?? NONE
    const isAgreed = judgeIntent(theirs, known, now()).is === 'agreed'
    acted.push(isAgreed ? 'agreed' : await actOn(theirs.id, theirs.orderId))
  }
  await noteReconciled(intents.map(({ id }) => id))
  return countsOf(acted)
}

async function compareEach(intentIds: string[]): Promise<Counts> {
  const acted: Acted[] = []
  for (const id of intentIds) acted.push(await actOn(id))
  await noteReconciled(intentIds)
  return countsOf(acted)
}

async function actOn(intentId: string, orderId: string | null = null): Promise<Acted> {
  const { verdict, ...compared } = await judgeAnew(intentId, orderId)
  return actOnVerdict(verdict, { intentId, ...compared })
}

/**
 * Both sides go on while they are looked at. What differs from our tables as they were before the provider was asked, and as
 * they were after it, is a difference.
 */
async function judgeAnew(intentId: string, orderId: string | null) {
  const before = await oursOf(intentId, orderId)
  const theirs = await findProviderIntent(intentId)
  const first = judgeIntent(theirs, before, now())
  if (first.is === 'agreed') return { verdict: first, theirs, ours: before }
  const ours = await oursOf(intentId, theirs?.orderId ?? orderId)
  return { verdict: judgeIntent(theirs, ours, now()), theirs, ours }
}

async function oursOf(id: string, orderId: string | null): Promise<Ours> {
  return (await readOurs([{ id, orderId }])).get(id) ?? NONE
}

async function noteReconciled(intentIds: string[]): Promise<void> {
  await db().payment.updateMany({
    where: { providerIntentId: { in: intentIds }, reconciledAt: null },
    data: { reconciledAt: new Date() },
  })
}

function countsOf(acted: readonly Acted[]): Counts {
  const count = (what: Acted) => acted.filter((each) => each === what).length
  return { compared: acted.length, settled: count('settled'), shown: count('shown') }
}
