import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { now } from '../clock'
import { db } from '../db'
import { log } from '../log'
import { type Claimed, claim, giveBack, MOST_PER_CLAIM, markSent, park } from './claims'

/** An event as the server takes it. */
export type OutgoingEvent = { id: string; name: string; data: object; ts: number }

/** Sends events, all or none; resolves with the server's own ids for them, in the same order. */
export type Send = (events: OutgoingEvent[]) => Promise<string[]>

/** The server has read the events and won't have them; another failure is the network's, and passes. */
export class SendRefusedError extends Error {
  override name = 'SendRefusedError'
}

type Relay = {
  id: string
  send: Send
  /** Nothing is sent before it resolves. */
  after: Promise<void>
  /** Lets what waits for that go on, to find that the relay is stopped. */
  letGo: () => void
  timer: NodeJS.Timeout
  pass: Promise<number> | undefined
}

// On globalThis: the relay is started by instrumentation and asked by routes, which have their own module instances.
const shared = globalThis as typeof globalThis & { backroomRelay?: Relay }

/** What a crash left unsent waits this long at most; real time. */
const EVERY_MS = 1_000
const LONGEST_WAIT_MS = 60_000
/** A server that takes a connection and never answers must not hold up all later events; half of a lease. */
const SEND_LIMIT_MS = 15_000

/**
 * Starts this process's relay: it sends what is pending now, and looks again on one timer.
 * @param after nothing is sent before it resolves.
 */
export function startRelay({ send, after = Promise.resolve() }: { send: Send; after?: Promise<void> }): void {
  void stopRelay()
  const timer = setInterval(() => void pass(), EVERY_MS)
  timer.unref()
  let letGo = () => {}
  const stopped = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const begin = Promise.race([after, stopped])
  shared.backroomRelay = { id: randomUUID(), send, after: begin, letGo, timer, pass: undefined }
  void pass()
}

/** Stops this process's relay: it claims no more. Resolves when what it is sending is sent. */
export async function stopRelay(): Promise<void> {
  const relay = shared.backroomRelay
  clearInterval(relay?.timer)
  shared.backroomRelay = undefined
  relay?.letGo()
  await relay?.pass
}

/**
 * Sends what is pending, right after a commit. When it resolves true, all that was published before is with the
 * server. False: the limit came first, or there is no relay here; the events go out later.
 */
export async function drainOutbox({ withinMs }: { withinMs: number }): Promise<boolean> {
  if (!shared.backroomRelay) return false
  const limit = new AbortController()
  const late = sleep(withinMs, false, { signal: limit.signal }).catch(() => false)
  // A pass that is under way may have claimed before the caller's commit: what counts is one that begins now.
  const done = (async () => {
    await shared.backroomRelay?.pass
    return (await pass()) === 0
  })()
  const isDone = await Promise.race([done, late])
  limit.abort()
  return isDone
}

/** One round: claims and sends until nothing is left. Resolves with how many could not be sent. */
function pass(): Promise<number> {
  const relay = shared.backroomRelay
  if (!relay) return Promise.resolve(0)
  relay.pass ??= relay.after
    .then(() => sendAll(relay))
    .catch((error) => {
      log.error({ err: error }, 'the outbox could not be read')
      return 1
    })
    .finally(() => {
      relay.pass = undefined
    })
  return relay.pass
}

async function sendAll(relay: Relay): Promise<number> {
  while (shared.backroomRelay === relay) {
    const claimed = await claim(db(), relay.id, new Date())
    if (claimed.length === 0) return 0
    const unsent = await sendClaimed(relay, claimed)
    if (unsent > 0) return unsent
    // What was committed since is its own commit's pass to send; who asks for one is never given an earlier one.
    if (claimed.length < MOST_PER_CLAIM) return 0
  }
  return 1
}

/** Sends a batch; one that is refused is halved until the event at fault stands alone, and is parked. */
async function sendClaimed(relay: Relay, batch: Claimed[]): Promise<number> {
  try {
    const serverIds = await within(SEND_LIMIT_MS, relay.send(batch.map(outgoing)))
    const sent = batch.map(({ id }, i) => ({ id, serverEventId: serverIds[i] ?? '' }))
    await markSent(db(), sent, new Date())
    return 0
  } catch (error) {
    if (error instanceof SendRefusedError) return refused(relay, batch, error)
    const reason = error instanceof Error ? error.message : String(error)
    const attempts = Math.max(...batch.map((event) => event.attempts))
    const nextTryAt = new Date(Date.now() + Math.min(1_000 * 2 ** Math.min(attempts - 1, 10), LONGEST_WAIT_MS))
    log.warn({ events: batch.length, reason, nextTryAt }, 'events could not be sent')
    await giveBack(
      db(),
      batch.map(({ id }) => id),
      nextTryAt,
      reason,
    )
    return batch.length
  }
}

/** The promise's outcome; an error when it takes longer. What arrives later all the same is known by its ids. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const limit = new AbortController()
  const late = sleep(ms, undefined, { signal: limit.signal }).then(() => {
    throw new Error(`the server has not answered within ${ms} ms`)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    limit.abort()
    late.catch(() => undefined)
    work.catch(() => undefined)
  }
}

async function refused(relay: Relay, batch: Claimed[], error: SendRefusedError): Promise<number> {
  const [only] = batch
  if (batch.length === 1 && only) {
    log.error({ eventId: only.id, event: only.name, reason: error.message }, 'an event was refused, and is parked')
    await park(db(), only.id, error.message)
    return 0
  }
  const half = Math.ceil(batch.length / 2)
  return (await sendClaimed(relay, batch.slice(0, half))) + (await sendClaimed(relay, batch.slice(half)))
}

function outgoing({ id, name, data, deliverAt }: Claimed): OutgoingEvent {
  return { id, name, data, ts: (deliverAt ?? now()).getTime() }
}
