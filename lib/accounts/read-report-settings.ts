import type { Actor } from '../auth/actor'
import { db } from '../db'
import { reportTopic } from '../emails/unsubscribe'
import type { ReportSettingsForm } from './update-report-settings'

export type ReportSettings = ReportSettingsForm & {
  /** Of those who would get them: who has said that they want no more of them. */
  unsubscribed: string[]
}

/** When the actor's shop gets which reports, and who reads them. */
export async function readReportSettings({
  account,
  email,
}: Pick<Actor, 'account' | 'email'>): Promise<ReportSettings> {
  const [found, schedules] = await Promise.all([
    db().account.findUniqueOrThrow({ where: { id: account.id } }),
    db().reportSchedule.findMany({ where: { accountId: account.id, isOn: true }, select: { type: true } }),
  ])
  const { timeZone, reportHour: hour, reportRecipients: recipients } = found
  const on = new Set(schedules.map(({ type }) => type))
  const readers = recipients.length > 0 ? recipients : [email.toLowerCase()]
  const unsubscribed = await db().unsubscription.findMany({
    where: { topic: reportTopic(account.id), email: { in: readers } },
    orderBy: { email: 'asc' },
  })
  return {
    ...{ timeZone, hour, recipients, daily: on.has('daily'), weekly: on.has('weekly'), monthly: on.has('monthly') },
    unsubscribed: unsubscribed.map((row) => row.email),
  }
}
