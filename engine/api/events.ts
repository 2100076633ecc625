import { z } from 'zod'
import { LaneBusyError } from '../loop/lane'
import { receiveEvents } from '../loop/operations/receive-events'
import { incomingEvent, MAX_EVENT_BYTES, MAX_EVENTS_PER_REQUEST, type StoredEvent, storedEvent } from '../model/event'
import { newId, seededIds } from '../model/ids'
import { checkedValue, parsed } from './body'
import type { Exchange, Reply, Route } from './exchange'
import { checkEventKey, type Keys } from './guard'
import { Problem } from './problem'

const MAX_BODY_BYTES = 10 * 1024 * 1024

/** Real milliseconds after which a sender hears that the database is away, rather than wait on. */
const STORE_LIMIT_MS = 10_000

const batch = z
  .array(z.unknown())
  .max(MAX_EVENTS_PER_REQUEST, `a request may hold ${MAX_EVENTS_PER_REQUEST} events at most`)

/**
 * `POST /e/{key}`: one event or an array of them. All are taken or none: a sender that hears of a bad event can mend
 * it and send the whole array again. The SDK reads `status` in the body, not the HTTP status alone.
 */
export function eventRoute(keys: Keys, storeLimitMs = STORE_LIMIT_MS): Route {
  return {
    method: 'POST',
    path: '/e/:key',
    isOpen: true,
    answer: async (exchange) => {
      checkEventKey(exchange.params.key ?? '', keys)
      return receive(exchange, storeLimitMs)
    },
  }
}

async function receive({ engine, headers, text }: Exchange, storeLimitMs: number): Promise<Reply> {
  const body = parsed(await text(MAX_BODY_BYTES))
  const values = Array.isArray(body) ? checkedValue(batch, body, 'events') : [body]
  const header = headers['x-inngest-event-id-seed']
  const seeds = seededIds(typeof header === 'string' ? header : undefined, values.length)
  const events = values.map((value, i) =>
    readEvent(value, Array.isArray(body) ? `events.${i}` : '', engine, seeds?.[i]),
  )
  if (events.length > 0) await store(engine, events, seeds !== undefined, storeLimitMs)
  await callsGoFirst(engine)
  return { status: 200, body: { ids: events.map((event) => event.id), status: 200 } }
}

/**
 * To write an answer takes 0.1 to 0.5 ms on an idle machine, where it wakes whoever waits for it. By then the calls that
 * the events have brought about are on their way: one turn in which they are made up, and one in which undici looks once
 * more whether the socket that lay idle is still good.
 */
async function callsGoFirst({ timers }: Exchange['engine']): Promise<void> {
  await timers.turn()
  await timers.turn()
}

function readEvent(value: unknown, at: string, { clock }: Exchange['engine'], seed: string | undefined): StoredEvent {
  const event = storedEvent(checkedValue(incomingEvent, value, at), seed ?? newId(clock.realNow()), clock.now())
  if (event.body.length > MAX_EVENT_BYTES)
    throw new Problem(400, `${at || 'the event'} is larger than ${MAX_EVENT_BYTES} bytes`)
  return event
}

async function store(
  { lane, world, clock }: Exchange['engine'],
  events: StoredEvent[],
  isSeeded: boolean,
  withinMs: number,
): Promise<void> {
  try {
    await lane.submit(receiveEvents(world, clock, events, isSeeded), { withinMs })
  } catch (error) {
    if (error instanceof LaneBusyError)
      throw new Problem(503, 'the database is away; please send the events again later')
    throw error
  }
}
