import { z } from 'zod'
import { canonicalJson } from './json'

/** An event as the engine keeps it. `body` is its canonical JSON, just as functions get it. */
export type StoredEvent = {
  /** The engine's own id, never the sender's. */
  id: string
  name: string
  /** What functions see as `event.id`, and what de-duplicates: the sender's id, or the engine's. */
  publicId: string
  body: string
  /** Milliseconds. In the future: its runs start then. */
  ts: number
  receivedAt: number
}

const SYSTEM_PREFIX = 'inngest/'
export const INVOKED = 'inngest/function.invoked'
export const TICK = 'inngest/scheduled.timer'
export const MAX_EVENT_BYTES = 3 * 1024 * 1024
export const MAX_EVENTS_PER_REQUEST = 5_000
export const MAX_EVENT_NAME = 255

const earliestTs = Date.UTC(1980, 0, 1)
const latestTs = Date.UTC(2100, 0, 1)
const noNul = (text: string) => !text.includes('\u0000')

const name = z
  .string('name should be a text')
  .min(1, 'name is empty')
  .max(MAX_EVENT_NAME, `name is longer than ${MAX_EVENT_NAME} characters`)
  .refine(noNul, 'name holds a NUL character')
  .refine((text) => !text.startsWith(SYSTEM_PREFIX), 'event name is reserved for internal use: it starts with inngest/')

/** What a sender may post, unknown keys dropped. */
export const incomingEvent = z.object({
  name,
  data: z.record(z.string(), z.unknown(), 'data should be an object').nullish(),
  id: z
    .string('id should be a text')
    .max(1_000, 'id is longer than 1000 characters')
    .refine(noNul, 'id holds a NUL character')
    .nullish(),
  ts: z
    .number('ts should be a number of milliseconds')
    .refine((ts) => ts === 0 || (ts >= earliestTs && ts <= latestTs), 'ts is not a time between 1980 and 2100')
    .nullish(),
  v: z.string('v should be a text').max(255, 'v is longer than 255 characters').nullish(),
  user: z.record(z.string(), z.unknown(), 'user should be an object').nullish(),
})

export type IncomingEvent = z.infer<typeof incomingEvent>

/** Puts an event into the shape the engine keeps. `_inngest` in a sender's data is the engine's alone, and dropped. */
export function storedEvent(event: IncomingEvent, id: string, now: number): StoredEvent {
  const { _inngest, ...data } = event.data ?? {}
  return systemEvent({ name: event.name, data, user: event.user, v: event.v }, id, event.id || id, event.ts || now, now)
}

/** An event that the engine itself makes (or a checked one); nothing of its data is dropped. */
export function systemEvent(
  event: { name: string; data: Record<string, unknown>; user?: unknown; v?: string | null },
  id: string,
  publicId: string,
  ts: number,
  now: number,
): StoredEvent {
  const { name, data, user, v } = event
  // In the order of the canonical form.
  const body = canonicalJson({ data, id: publicId, name, ts, user: user ?? {}, v: v || undefined })
  return { id, name, publicId, body, ts, receivedAt: now }
}

const invocation = z.object({ data: z.object({ _inngest: z.object({ correlation_id: z.string() }) }) })

/** The run and step that an invocation came from; undefined for any other event. */
export function invokerOf(event: StoredEvent): { runId: string; stepId: string } | undefined {
  if (event.name !== INVOKED) return undefined
  const [runId, stepId] = invocation.parse(JSON.parse(event.body)).data._inngest.correlation_id.split('.')
  return runId && stepId ? { runId, stepId } : undefined
}
