import { db, type Prisma } from '../db'
import { MOST_LINKS, runLink } from './run-links'
import { hasEnded } from './statuses'

const stepLine = {
  ...{ id: true, name: true, kind: true, status: true, foundAt: true, startedAt: true, endedAt: true },
} as const satisfies Prisma.RunStepSelect

const work = {
  ...runLink,
  steps: { select: stepLine, orderBy: [{ foundAt: 'asc' }, { seq: 'asc' }], take: 100 },
  failedAttempts: { select: { stepId: true } },
} as const satisfies Prisma.RunSelect

type Found = Prisma.RunGetPayload<{ select: typeof work }>

/** A step of a run that works for a business record, without what it was given and what it came to. */
export type WorkStep = Found['steps'][number] & {
  functionId: string
  failedAttempts: number
  /** It was open when its run ended, and will not go on. */
  isLeftOpen: boolean
}

export type Work = { runs: Omit<Found, 'steps' | 'failedAttempts'>[]; steps: WorkStep[] }

/** The latest runs that work for a business record, newest first, and what each has done step by step. */
export async function readWorkOfRecord(record: string): Promise<Work> {
  const found = await db().run.findMany({
    where: { record },
    select: work,
    orderBy: [{ queuedAt: 'desc' }, { id: 'desc' }],
    take: MOST_LINKS,
  })
  return { runs: found.map(({ steps, failedAttempts, ...run }) => run), steps: found.flatMap(stepsOf) }
}

function stepsOf({ functionId, status, steps, failedAttempts }: Found): WorkStep[] {
  return steps.map((step) => ({
    ...step,
    functionId,
    failedAttempts: failedAttempts.filter(({ stepId }) => stepId === step.id).length,
    isLeftOpen: hasEnded(status) && step.endedAt === null,
  }))
}
