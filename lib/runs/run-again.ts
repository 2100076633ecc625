import { recordAct } from '../audit/record-act'
import { type Actor, assertOperator } from '../auth/actor'
import { now } from '../clock'
import { db, type Tx } from '../db'
import type { Run, RunStep } from '../db/generated/client'
import { controlWords, type Refused, rerunAtEngine } from '../engine-controls'
import { isId } from '../is-id'
import { hasEnded } from './statuses'
import { tellRuns } from './tell'

export type AgainAnswer = { ok: true; runId: string; functionId: string } | { ok: false; message: string }

/** The server is asked about a new run of which no call was seen after so long. */
const LOOK_UP_AFTER_MS = 5 * 60_000

/**
 * Starts a run that has ended once more, for the same event. The run itself stays as it is.
 * @param fromStep the id of the step to begin at: the results of what was done before it are kept.
 */
export async function runAgain(
  actor: Pick<Actor, 'userId' | 'email' | 'isOperator'>,
  { runId, fromStep }: { runId: string; fromStep?: string | undefined },
): Promise<AgainAnswer> {
  assertOperator(actor)
  const run = isId(runId) ? await db().run.findUnique({ where: { id: runId } }) : null
  if (!run) return { ok: false, message: 'There is no such run.' }
  if (!hasEnded(run.status)) return { ok: false, message: notEnded }
  const step = fromStep === undefined ? undefined : await findStep(runId, fromStep)
  if (step === null) return { ok: false, message: 'There is no such step.' }
  // Before it is asked for: a call of the new run may be seen before the engine's answer is here.
  const askedAt = now()
  const answer = await rerunAtEngine(runId, step?.id)
  if (!answer.ok) return { ok: false, message: words[answer.why] ?? controlWords.away }
  await db().$transaction(async (tx) => {
    await addQueued(tx, run, answer.value.runId, askedAt)
    await recordAct(tx, actor, {
      act: 'run again',
      subject: `run/${runId}`,
      details: detailsOf(run, answer.value, step),
    })
  })
  return { ok: true, runId: answer.value.runId, functionId: run.functionId }
}

const findStep = (runId: string, id: string) =>
  isId(id) ? db().runStep.findUnique({ where: { runId_id: { runId, id } } }) : null

function detailsOf({ functionId }: Run, { runId }: { runId: string }, step: RunStep | undefined) {
  return { functionId, newRun: runId, ...(step ? { from: step.name } : {}) }
}

/**
 * Adds the new run to the ledger, which else would first hear of it by its first call: a limit may hold that back. It is
 * queued from now on, and not since its event came.
 */
async function addQueued(tx: Tx, { id }: Run, newId: string, queuedAt: Date): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Run" AS run (
      "id", "functionId", "status", "eventId", "eventName", "events", "record", "parentRunId", "parentStepId", "queuedAt",
      "calledAt", "lookUpAt"
    )
    SELECT ${newId}, "functionId", 'queued'::"run_status", "eventId", "eventName", "events", "record", "parentRunId",
      "parentStepId", ${queuedAt}, ${queuedAt}, ${new Date(queuedAt.getTime() + LOOK_UP_AFTER_MS)}
    FROM "Run" WHERE "id" = ${id}
    ON CONFLICT ("id") DO UPDATE SET "queuedAt" = greatest(run."queuedAt", excluded."queuedAt")`
  await tellRuns(tx, [newId])
}

const notEnded = 'This run has not ended. Cancel it first, or let it end.'

const words: Partial<Record<Refused, string>> = {
  ...controlWords,
  'no-step': 'The engine keeps nothing of this step. Run it again from its start instead.',
  'not-ended': notEnded,
  'not-registered': 'The app no longer serves this function.',
  paused: 'The function is paused. Resume it first.',
  'another-is-active': 'Another run of this function is under way, and there may be only one.',
}
