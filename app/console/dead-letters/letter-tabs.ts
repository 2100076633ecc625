import type { TabLink } from '@/app/_ui/tab-links'
import { deadLetterStatuses } from '@/lib/dead-letters/list-dead-letters'

const names = { open: 'Open', replaying: 'Replaying', replayed: 'Replayed', discarded: 'Discarded' }

/** A tab for each state of a dead letter. */
export function letterTabs(
  path: string,
  current: keyof typeof names,
  counts: Record<keyof typeof names, number>,
): TabLink[] {
  return deadLetterStatuses.map((status) => ({
    href: status === 'open' ? path : `${path}?status=${status}`,
    name: names[status],
    count: counts[status],
    isCurrent: status === current,
  }))
}
