import { isDatabaseAway } from '../db/is-away'
import { log } from '../log'
import type { CheckResult, CheckView } from './check'
import { checks } from './checks'

/** The checks by name, in the order in which they are made. */
export const checkIds = checks.map(({ id }) => id)

/**
 * Makes one check. One that can't be made says so, and is no reason for the others to wait.
 * @throws where our own database is away: then no check can be made.
 */
export async function runCheck(id: string, view: CheckView): Promise<CheckResult> {
  const check = checks.find((each) => each.id === id)
  if (!check) throw new Error(`there is no check ${id}`)
  const kinds = [...check.kinds]
  try {
    return { id, kinds, isMade: true, findings: await check.find(view) }
  } catch (error) {
    if (isDatabaseAway(error)) throw error
    const reason = error instanceof Error ? error.message : String(error)
    log.warn({ check: id, err: error }, 'a health check could not be made')
    return { id, kinds, isMade: false, reason: reason.slice(0, 500).toWellFormed() }
  }
}
