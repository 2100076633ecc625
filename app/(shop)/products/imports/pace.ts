export type Pace = { percent: number; rowsPerSecond: number; msLeft: number | null }

/**
 * How fast an import is, and how long it takes from here on at that pace. Pure.
 * @returns `msLeft` null as long as nothing tells.
 */
export function paceOf(
  of: { position: number; bytes: number; rowsRead: number; startedAt: Date | null; endedAt: Date | null },
  now: Date,
): Pace {
  const share = of.bytes > 0 ? of.position / of.bytes : 0
  const percent = Math.floor(share * 100)
  const ms = of.startedAt ? (of.endedAt ?? now).getTime() - of.startedAt.getTime() : 0
  if (ms <= 0) return { percent, rowsPerSecond: 0, msLeft: null }
  const msLeft = share > 0 && !of.endedAt ? Math.round((ms / share) * (1 - share)) : null
  return { percent, rowsPerSecond: Math.round(of.rowsRead / (ms / 1_000)), msLeft }
}
