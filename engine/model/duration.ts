const unitMs: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

const part = /(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h|d|w)/y

/**
 * A duration as Inngest writes it (`1d2h`, `90s`, Go's `1m30s`) in milliseconds; undefined when it isn't one.
 * An empty text is no time at all: the protocol's way to say "now".
 */
export function parseDuration(text: string): number | undefined {
  let total = 0
  part.lastIndex = 0
  while (part.lastIndex < text.length) {
    const match = part.exec(text)
    if (!match) return undefined
    total += Number(match[1]) * (unitMs[match[2] ?? ''] ?? Number.NaN)
  }
  return Math.round(total)
}

/**
 * The instant that a duration or a date names, in milliseconds; undefined when it is neither.
 * @param now the instant that durations count from.
 */
export function parseUntil(text: string, now: number): number | undefined {
  const duration = parseDuration(text)
  if (duration !== undefined) return now + duration
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : date
}
