import type { Prisma } from '../db'
import { type EventName, eventSchemas } from '../events'
import { REDACTED } from '../redaction'

/** What is edited: the data of the letter's only event, as JSON text. */
export type Edit = { data: string; eventNames: readonly string[] }

export type Checked =
  | { ok: true; data: Prisma.InputJsonObject }
  | { ok: false; message: string; fields?: Record<string, string> }

/** An event's own limit is 3 MB; nobody edits that by hand. */
const MOST_LENGTH = 1_000_000
const MOST_DEPTH = 100

/**
 * Checks edited data against the schema of the letter's event.
 * @param events the events of the letter.
 * @param edit `eventNames` are those that trigger the function: for a letter whose run was invoked, its data has to fit
 *   one of them.
 */
export function checkEdit(events: readonly { name: string }[], { data, eventNames }: Edit): Checked {
  if (events.length !== 1) return { ok: false, message: 'A batch can only be replayed as it was.' }
  const read = readObject(data)
  if (!read.ok) return { ...read, message: 'The data can’t be taken as it is.' }
  const names = [events[0]?.name ?? '', ...eventNames].filter(isEventName)
  const results = names.map((name) => ({ name, ...eventSchemas[name].safeParse(read.data) }))
  const [first] = results
  if (!first || results.some(({ success }) => success)) return { ok: true, data: read.data as Prisma.InputJsonObject }
  const fields: Record<string, string> = {}
  for (const { path, message } of first.error?.issues ?? []) fields[['data', ...path].join('.')] ??= message
  return { ok: false, message: `The data does not fit ${first.name}.`, fields }
}

const isEventName = (name: string): name is EventName => Object.hasOwn(eventSchemas, name)

type Read = { ok: true; data: object } | { ok: false; fields: Record<string, string> }

function readObject(text: string): Read {
  const wrong = (complaint: string): Read => ({ ok: false, fields: { data: complaint } })
  if (text.length > MOST_LENGTH) return wrong(`This is longer than ${MOST_LENGTH} characters.`)
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (error) {
    return wrong(`This should be JSON: ${error instanceof Error ? error.message : error}`)
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    return wrong('This should be a JSON object.')
  const fields = complaintAbout(parsed, ['data'])
  return fields ? { ok: false, fields } : { ok: true, data: parsed }
}

/** What JSON can say and we can't keep, or should not run with; the first of it. */
function complaintAbout(value: unknown, path: readonly string[]): Record<string, string> | undefined {
  const complaint = (words: string) => ({ [path.join('.').toWellFormed()]: words })
  if (path.length > MOST_DEPTH) return { data: `This is nested deeper than ${MOST_DEPTH} levels.` }
  if (typeof value === 'string') {
    if (!isStorable(value)) return complaint('This holds a character that can’t be kept.')
    return value.includes(REDACTED) ? complaint(`Put in what belongs here instead of ${REDACTED}.`) : undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, inner] of Object.entries(value)) {
    if (!isStorable(name)) return complaint('A name in here holds a character that can’t be kept.')
    const found = complaintAbout(inner, [...path, name])
    if (found) return found
  }
  return undefined
}

/** PostgreSQL takes neither a NUL nor half a character. */
const isStorable = (text: string) => !text.includes('\u0000') && text.isWellFormed()
