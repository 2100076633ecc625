import type { Outcome } from './world'

/** What the worlds of one session have seen, added up. */
export type Sum = { worlds: number; workflows: number; ended: Record<string, number> } & Outcome['counts']

export function addUp(sum: Sum | undefined, { runs, counts }: Outcome): Sum {
  const workflows = Object.values(runs).reduce((total, n) => total + n, 0)
  if (!sum) return { worlds: 1, workflows, ended: runs, ...counts }
  const added = Object.entries(counts).map(([name, n]) => [name, n + sum[name as keyof Outcome['counts']]])
  const ended = { ...sum.ended }
  for (const [status, n] of Object.entries(runs)) ended[status] = (ended[status] ?? 0) + n
  return {
    ...sum,
    ...(Object.fromEntries(added) as Outcome['counts']),
    worlds: sum.worlds + 1,
    workflows: sum.workflows + workflows,
    ended,
  }
}
