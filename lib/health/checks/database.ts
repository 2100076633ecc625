import { measureAnswer } from '../../db/measure-answer'
import type { Check, Finding } from '../check'

/** A query that does nothing takes about a millisecond; a person notices a page that waits a second for each. */
const SLOW_MS = 1_000
/** So long it is waited for. */
const MOST_MS = 5_000
/** One that is slow by chance says nothing: the fastest of these counts. */
const TRIES = 3

/** What the time that an empty query took says. Pure. */
export function judgeDatabase(tookMs: number): Finding[] {
  if (tookMs <= SLOW_MS) return []
  const message = `An empty query took ${(tookMs / 1_000).toFixed(1)} seconds.`
  return [{ kind: 'database-slow', subject: 'database', message }]
}

/** Whether the database answers in good time. While it does not answer at all, no incident can be written: see the deep check. */
export const databaseCheck: Check = {
  id: 'database',
  kinds: ['database-slow'],
  find: async () => judgeDatabase(await fastestAnswer()),
}

async function fastestAnswer(): Promise<number> {
  let fastest = Number.POSITIVE_INFINITY
  for (let tries = 0; tries < TRIES && fastest > SLOW_MS; tries++)
    fastest = Math.min(fastest, await measureAnswer(MOST_MS))
  return fastest
}
