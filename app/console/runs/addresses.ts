import type { RunFilter } from '@/lib/runs/list-runs'

/** The address of the list under a filter; what is undefined is left out. */
export function runsHref(filter: Partial<RunFilter>): string {
  const given = Object.entries(filter).filter((entry): entry is [string, string] => Boolean(entry[1]))
  const query = new URLSearchParams(given).toString()
  return query ? `/console/runs?${query}` : '/console/runs'
}

/** Where a business record is looked at: what has a room of its own there, all else by its runs. */
export function recordHref(record: string): string {
  const [kind, id] = [record.slice(0, record.indexOf('/')), record.slice(record.indexOf('/') + 1)]
  if (kind === 'run') return `/console/runs/${encodeURIComponent(id)}`
  if (kind === 'incident') return '/console/incidents'
  if (kind === 'function') return '/console/functions'
  if (kind === 'schedule') return `/console/schedules/${encodeURIComponent(id)}`
  if (kind === 'discrepancy') return '/console/discrepancies?show=all'
  if (kind === 'dead-letter') return `/console/dead-letters/letters/${encodeURIComponent(id)}`
  return runsHref({ search: record })
}
