import { cutText } from '../redaction'

/** The fields of an event's data that name a business record, the more telling ones first. */
const kinds: [field: string, kind: string][] = [
  ['orderId', 'order'],
  ['imageId', 'image'],
  ['importId', 'import'],
  ['bulkUpdateId', 'bulk-update'],
  ['deadLetterId', 'dead-letter'],
  ['incidentId', 'incident'],
  ['userId', 'user'],
  ['accountId', 'account'],
]

const MOST_LENGTH = 200

/**
 * The business record that an event's runs work for, such as `order/1042`; a letter's is its key.
 * @returns null when the event names none.
 */
export function businessRecordOf(event: { name: string; data?: unknown }): string | null {
  if (typeof event.data !== 'object' || event.data === null) return null
  const data = event.data as Record<string, unknown>
  if (event.name.startsWith('inngest/function.') && typeof data.run_id === 'string') return cut(`run/${data.run_id}`)
  if (event.name === 'email/requested' && typeof data.key === 'string') return cut(`letter/${data.key}`)
  for (const [field, kind] of kinds) if (typeof data[field] === 'string') return cut(`${kind}/${data[field]}`)
  return null
}

/** The records that somebody may mean who types one, or its id without its kind. */
export function recordsOfText(text: string): string[] {
  return text.includes('/') ? [cut(text)] : kinds.map(([, kind]) => cut(`${kind}/${text}`))
}

function cut(record: string): string {
  return cutText(record.replaceAll('\u0000', '').toWellFormed(), MOST_LENGTH)
}
