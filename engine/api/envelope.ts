import type { Engine } from '../index'
import type { Reply } from './exchange'

/** Inngest's form of an answer of its REST API. */
export function single({ clock }: Pick<Engine, 'clock'>, data: unknown, more: Record<string, unknown> = {}): Reply {
  const at = iso(clock.realNow())
  return { status: 200, body: { data, metadata: { fetched_at: at, cached_until: at, ...more } } }
}

/** The same for a part of a list; `metadata.cursor` asks for the next one, and is null where this was the last. */
export function page<Row extends { id: string }>(
  engine: Pick<Engine, 'clock'>,
  rows: Row[],
  limit: number,
  shown: (row: Row) => unknown,
): Reply {
  return single(engine, rows.map(shown), { cursor: rows.length < limit ? null : (rows.at(-1)?.id ?? null) })
}

export function iso(ms: number): string {
  return new Date(ms).toISOString()
}
