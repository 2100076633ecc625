import { type Actor, assertOperator } from '../auth/actor'
import { db } from '../db'
import type { DeadLetter, FailedAttempt, Prisma, Run, RunLine, RunStep } from '../db/generated/client'
import { isId } from '../is-id'
import { MOST_LINKS, type RunLink, readRunsOfRecord, runLink } from './run-links'
import { hasEnded } from './statuses'

/** A step as the waterfall shows it; its values are read when it is looked at. */
export type StepLine = Omit<RunStep, 'input' | 'output' | 'error' | 'seq' | 'isMemoised'> & {
  /** It was open when its run ended, and will not go on. */
  isLeftOpen: boolean
}

export type RunView = {
  run: Run
  steps: StepLine[]
  failedAttempts: FailedAttempt[]
  lines: Pick<RunLine, 'at' | 'text'>[]
  parent: RunLink | null
  children: RunLink[]
  /** Other runs that work for the same business record, newest first. */
  sameRecord: RunLink[]
  deadLetter: Pick<DeadLetter, 'id' | 'groupId' | 'status'> | null
  /** The dead letter that this run is a replay of, and the run that had failed. */
  replayOf: { deadLetterId: string; groupId: string; runId: string } | null
}

const MOST_LINES = 500

/** One run with all that the ledger says of it; null when there is none of this id. */
export async function findRun(actor: Pick<Actor, 'isOperator'>, id: string): Promise<RunView | null> {
  assertOperator(actor)
  const run = isId(id) ? await db().run.findUnique({ where: { id } }) : null
  if (!run) return null
  const [steps, failedAttempts, lines, sent] = await Promise.all([
    db().runStep.findMany({
      where: { runId: id },
      omit: { input: true, output: true, error: true },
      orderBy: [{ foundAt: 'asc' }, { seq: 'asc' }],
    }),
    db().failedAttempt.findMany({ where: { runId: id }, orderBy: [{ startedAt: 'asc' }] }),
    db().runLine.findMany({ where: { runId: id }, orderBy: { id: 'desc' }, take: MOST_LINES }),
    db().runStep.findMany({ where: { runId: id, kind: 'sendEvent' }, select: { input: true, output: true } }),
  ])
  const isOver = hasEnded(run.status)
  return {
    run,
    steps: steps.map(({ seq, isMemoised, ...step }) => ({ ...step, isLeftOpen: isOver && step.endedAt === null })),
    failedAttempts,
    lines: lines.reverse(),
    ...(await linksOf(run, sent.flatMap(sentEventIds))),
  }
}

/** The input, output and error of one step of a run; null when there is no such step. */
export async function findStepValues(actor: Pick<Actor, 'isOperator'>, runId: string, stepId: string) {
  assertOperator(actor)
  if (!isId(runId) || !isId(stepId)) return null
  return db().runStep.findUnique({
    where: { runId_id: { runId, id: stepId } },
    select: { input: true, output: true, error: true },
  })
}

type Links = Pick<RunView, 'parent' | 'children' | 'sameRecord' | 'deadLetter' | 'replayOf'>

async function linksOf({ id, parentRunId, record }: Run, sentEventIds: string[]): Promise<Links> {
  const childOf: Prisma.RunWhereInput[] = [{ parentRunId: id }]
  if (sentEventIds.length > 0) childOf.push({ eventId: { in: sentEventIds } })
  const [parent, children, sameRecord, deadLetter, replay] = await Promise.all([
    parentRunId ? db().run.findUnique({ where: { id: parentRunId }, select: runLink }) : null,
    Promise.all(
      childOf.map((where) =>
        db().run.findMany({ where, select: runLink, orderBy: [{ queuedAt: 'asc' }, { id: 'asc' }], take: MOST_LINKS }),
      ),
    ),
    record ? readRunsOfRecord(record, id) : [],
    db().deadLetter.findUnique({ where: { runId: id }, select: { id: true, groupId: true, status: true } }),
    parentRunId ? db().replay.findUnique({ where: { runId: parentRunId }, include: { deadLetter: true } }) : null,
  ])
  const origin = replay?.deadLetter
  return {
    parent,
    children: [...new Map(children.flat().map((child) => [child.id, child])).values()],
    sameRecord,
    deadLetter,
    replayOf: origin ? { deadLetterId: origin.id, groupId: origin.groupId, runId: origin.runId } : null,
  }
}

/** Ids of the events that a step has sent: those that it gave them, else the server's own. */
function sentEventIds({ input, output }: { input: unknown; output: unknown }): string[] {
  const given = (Array.isArray(input) ? input.flat() : []) as { id?: unknown }[]
  const server = (output as { ids?: unknown[] } | null)?.ids ?? []
  return [...given.map((event) => event?.id), ...server].filter((id) => typeof id === 'string')
}
