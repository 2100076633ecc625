import { db } from '../db'
import { openStatuses } from './statuses'

/** Whether a run is under way, or waits, for a business record. @param except one that doesn't count. */
export async function isWorkedOn(record: string, except?: string): Promise<boolean> {
  return (await workedOn([record], except)).has(record)
}

/** Those of many business records for which a run is under way, or waits. */
export async function workedOn(records: readonly string[], except?: string): Promise<ReadonlySet<string>> {
  const runs = await db().run.findMany({
    where: {
      record: { in: [...records] },
      status: { in: [...openStatuses] },
      ...(except === undefined ? {} : { id: { not: except } }),
    },
    select: { record: true },
    distinct: ['record'],
  })
  return new Set(runs.flatMap(({ record }) => record ?? []))
}
