import type { Engine } from '../index'
import type { Reply } from './exchange'

/** Inngest's form of an answer of its REST API. */
export function envelope({ clock }: Engine, data: unknown, more: Record<string, unknown> = {}): Reply {
  const at = iso(clock.realNow())
  return { status: 200, body: { data, metadata: { fetched_at: at, cached_until: at }, ...more } }
}

export function iso(ms: number): string {
  return new Date(ms).toISOString()
}
