import { recordAct } from '../audit/record-act'
import { type Actor, assertOperator } from '../auth/actor'
import { db } from '../db'
import { controlWords, type Refused, skipSleepAtEngine } from '../engine-controls'
import { isId } from '../is-id'
import { endedMeanwhile, hasEnded } from './statuses'

export type SkipAnswer = { ok: true; stepName: string } | { ok: false; message: string }

/** Ends a step's sleep now: the run goes on, and time stays as it is. A run that has ended meanwhile is told so. */
export async function skipSleep(
  actor: Pick<Actor, 'userId' | 'email' | 'isOperator'>,
  { runId, stepId }: { runId: string; stepId: string },
): Promise<SkipAnswer> {
  assertOperator(actor)
  if (!isId(runId) || !isId(stepId)) return { ok: false, message: 'There is no such step.' }
  const step = await db().runStep.findUnique({
    where: { runId_id: { runId, id: stepId } },
    select: { name: true, run: { select: { functionId: true, status: true } } },
  })
  if (!step) return { ok: false, message: 'There is no such step.' }
  if (hasEnded(step.run.status)) return { ok: false, message: endedMeanwhile(step.run.status) }
  const answer = await skipSleepAtEngine(runId, stepId)
  if (!answer.ok) return { ok: false, message: words[answer.why] ?? controlWords.away }
  const details = { functionId: step.run.functionId, step: step.name }
  await recordAct(db(), actor, { act: 'skip sleep', subject: `run/${runId}`, details })
  return { ok: true, stepName: step.name }
}

const words: Partial<Record<Refused, string>> = {
  ...controlWords,
  'no-step': 'The engine has not heard of this sleep. Look again in a moment.',
  ended: 'This run has ended meanwhile.',
  'not-asleep': 'This step no longer sleeps.',
}
