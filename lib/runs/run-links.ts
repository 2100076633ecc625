import { db } from '../db'
import type { Run } from '../db/generated/client'

/** Another run, as a line to follow. */
export type RunLink = Pick<Run, 'id' | 'functionId' | 'status' | 'queuedAt' | 'until'>

export const runLink = { id: true, functionId: true, status: true, queuedAt: true, until: true } as const
export const MOST_LINKS = 20

/** The runs that work for a business record, newest first. @param except one that is left out. */
export function readRunsOfRecord(record: string, except?: string): Promise<RunLink[]> {
  return db().run.findMany({
    where: { record, ...(except ? { id: { not: except } } : {}) },
    select: runLink,
    orderBy: [{ queuedAt: 'desc' }, { id: 'desc' }],
    take: MOST_LINKS,
  })
}
