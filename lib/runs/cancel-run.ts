import { recordAct } from '../audit/record-act'
import { type Actor, assertOperator } from '../auth/actor'
import { now } from '../clock'
import { db } from '../db'
import { cancelServerRun, findServerRun, ServerAwayError } from '../inngest-api'
import { isId } from '../is-id'
import { confirmEnd } from './confirm-end'
import { endedMeanwhile, hasEnded } from './statuses'

export type CancelAnswer = { ok: true } | { ok: false; message: string }

/**
 * Cancels a run at the server. What the app is doing for it at this moment is done to its end, and its answer is not
 * taken. One that has ended meanwhile is told so.
 */
export async function cancelRun(
  actor: Pick<Actor, 'userId' | 'email' | 'isOperator'>,
  id: string,
): Promise<CancelAnswer> {
  assertOperator(actor)
  const run = isId(id) ? await db().run.findUnique({ where: { id } }) : null
  if (!run) return { ok: false, message: 'There is no such run.' }
  if (hasEnded(run.status)) return refused(run.status)
  try {
    const ended = await cancelAtServer(id)
    if (ended) return ended
  } catch (error) {
    if (!(error instanceof ServerAwayError)) throw error
    return { ok: false, message: 'The job server can’t be reached. Try again in a moment.' }
  }
  await recordAct(db(), actor, { act: 'cancel run', subject: `run/${id}`, details: { functionId: run.functionId } })
  await confirmEnd({ runId: id, functionId: run.functionId, status: 'cancelled', endedAt: now() })
  return { ok: true }
}

/**
 * @returns why there was nothing to cancel. Asked for before and after: the server says yes to the cancelling of a run
 *   that has ended, and such a run stays as it ended.
 */
async function cancelAtServer(id: string): Promise<CancelAnswer | undefined> {
  const before = await findServerRun(id)
  if (before && before.status !== 'Running') return refused(before.status)
  if (!before || !(await cancelServerRun(id))) return { ok: false, message: 'The server no longer knows this run.' }
  const after = await findServerRun(id)
  return after?.status === 'Completed' || after?.status === 'Failed' ? refused(after.status) : undefined
}

const refused = (status: string): CancelAnswer => ({ ok: false, message: endedMeanwhile(status.toLowerCase()) })
