import type { Blow } from '../blows'
import type { Execution } from './executions'
import { groupBy } from './group-by'
import type { Stored } from './stored'

/** An answer is on its way for a moment, and a kill is noted a moment before or after it strikes; real milliseconds. */
const SLACK_MS = 1_000

export type Repeats = {
  /** Executions of a step whose answer was stored. Never. */
  repeated: Execution[]
  /**
   * Executions that began after their step's answer was stored, by a call that an engine had left behind in the app
   * when it was struck. No engine can call those back.
   */
  leftBehind: Execution[]
  /** Executions before a step's last one: their answers were lost. */
  again: Execution[]
  /** Those among them that nothing was struck for. Never. */
  againForNothing: Execution[]
}

/**
 * The rule. The witness's time is that of the write, a moment before the commit. An execution that began later began in
 * vain, and it is the engine's fault when
 * - its call came in after the write, too: it should have carried the answer. Between write and commit, an engine that
 *   lives makes no call for this step, as it still waits for this very answer to be on disk. Or when
 * - its call came in before, and no engine was struck from then until it began: one engine had two calls under way.
 * All instants are of one machine's clock. Node's are rounded down to a millisecond; a commit and a call take longer.
 */
export function findRepeats(executions: Execution[], stored: Stored[], blows: Blow[]): Repeats {
  const storedAt = new Map<string, number>()
  for (const { runId, step, at } of stored) {
    const key = `${runId} ${step}`
    storedAt.set(key, Math.min(at, storedAt.get(key) ?? at))
  }
  const strikesOnEngines = blows.filter(({ victim }) => victim === 'leader')
  const inVain = executions.filter(
    ({ runId, step, startedAt }) => startedAt > (storedAt.get(`${runId} ${step}`) ?? startedAt),
  )
  const leftBehind = inVain.filter(
    ({ runId, step, calledAt, startedAt }) =>
      calledAt <= (storedAt.get(`${runId} ${step}`) ?? 0) && wasStruck(strikesOnEngines, calledAt, startedAt),
  )
  const pairs = successions(executions)
  return {
    repeated: inVain.filter((execution) => !leftBehind.includes(execution)),
    leftBehind,
    again: pairs.map(([execution]) => execution),
    againForNothing: pairs
      .filter(([{ calledAt }, next]) => !wasStruck(blows, calledAt, next.startedAt))
      .map(([execution]) => execution),
  }
}

/** Each execution that was followed by another one of its step; but for one that threw, which is tried again by right. */
function successions(executions: Execution[]): [Execution, Execution][] {
  const groups = groupBy(executions, ({ runId, step }) => `${runId} ${step}`).values()
  return [...groups].flatMap((times) =>
    times.flatMap((execution, i): [Execution, Execution][] => {
      const next = times[i + 1]
      return next && !execution.hasThrown ? [[execution, next]] : []
    }),
  )
}

function wasStruck(blows: Blow[], from: number, to: number): boolean {
  return blows.some(({ at, until }) => at <= to && until >= from - SLACK_MS)
}
