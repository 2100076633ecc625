import { createHash } from 'node:crypto'
import { Cron } from 'croner'
import { type StoredEvent, systemEvent, TICK } from '../model/event'

const prefix = /^(?:CRON_)?TZ=(\S+)\s+/

/**
 * What is wrong with a cron expression, or undefined. An expression for a day that never comes (30 February) parses
 * and has no next time; that is an error too, since its function would silently never run.
 */
export function cronProblem(expression: string): string | undefined {
  try {
    return nextTick(expression, Date.UTC(2026, 0, 1)) === undefined
      ? `the cron ${expression} never comes due`
      : undefined
  } catch (error) {
    return `the cron ${expression} can't be read: ${error instanceof Error ? error.message : error}`
  }
}

/** The first tick after an instant; both in milliseconds. */
export function nextTick(expression: string, after: number): number | undefined {
  return parse(expression).nextRun(new Date(after))?.getTime()
}

/** The last tick up to and including an instant. */
export function lastTickUpTo(expression: string, instant: number): number | undefined {
  // The library leaves out the instant that it looks back from.
  const [tick] = parse(expression).previousRuns(1, new Date(instant + 1))
  return tick?.getTime()
}

/**
 * The event of one tick. Its id is the tick, so that each function has it once.
 * @param fireAt the tick with its function's jitter, at which the run starts.
 */
export function tickEvent(
  id: string,
  expression: string,
  { tick, fireAt, now }: { tick: number; fireAt: number; now: number },
): StoredEvent {
  const at = isoSeconds(tick)
  const data = { cron: expression, scheduledAt: at, fireAt: isoSeconds(fireAt) }
  return systemEvent({ name: TICK, data }, id, at, Math.max(fireAt, now), now)
}

/** A delay within `jitterMs` that is the same for the same function and tick, whoever works it out. */
export function jitterOf(functionId: string, tick: number, jitterMs: number): number {
  return createHash('sha256').update(`${functionId} ${tick}`).digest().readUInt32BE(0) % Math.max(1, jitterMs)
}

function parse(expression: string): Cron {
  const timezone = prefix.exec(expression)?.[1] ?? 'UTC'
  const fields = expression.replace(prefix, '').trim()
  if (fields.split(/\s+/).length !== 5 && !fields.startsWith('@')) throw new Error('it should have five fields')
  return new Cron(fields, { timezone, paused: true })
}

function isoSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}
