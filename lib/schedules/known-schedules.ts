import { db } from '../db'
import type { Schedule } from './schedule'

/**
 * Notes since when each schedule of the list has been as it is: one that is new, or comes at other times from now on, owes no
 * slot of before. One that left the list is forgotten.
 */
export async function noteSchedules(schedules: readonly Pick<Schedule, 'id' | 'cron'>[], at: Date): Promise<void> {
  const [ids, crons] = [schedules.map(({ id }) => id), schedules.map(({ cron }) => cron)]
  await db().$transaction([
    db().$executeRaw`
      INSERT INTO "KnownSchedule" AS known ("id", "cron", "since")
      SELECT given.id, given.cron, ${at} FROM unnest(${ids}::text[], ${crons}::text[]) AS given (id, cron) ORDER BY given.id
      ON CONFLICT ("id") DO UPDATE SET "cron" = excluded."cron", "since" = excluded."since"
      WHERE known."cron" <> excluded."cron"`,
    db().knownSchedule.deleteMany({ where: { id: { notIn: ids } } }),
  ])
}
