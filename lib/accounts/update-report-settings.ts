import { z } from 'zod'
import type { Actor } from '../auth/actor'
import { now } from '../clock'
import { db, type Tx } from '../db'
import { type ReportType, reportTypes } from '../reports/report-schedules'
import { skippedHourNote } from '../reports/skipped-hour'
import { emailField, timeZoneField } from './fields'

const MOST_RECIPIENTS = 20

const HOUR_PROBLEM = 'Choose a whole hour from 0 to 23.'
const switchField = (what: string) => z.boolean(`Say whether you want ${what}: true or false.`)

export const reportSettingsForm = z.object({
  timeZone: timeZoneField,
  /** By the clocks of that zone. */
  hour: z.int(HOUR_PROBLEM).min(0, HOUR_PROBLEM).max(23, HOUR_PROBLEM),
  daily: switchField('the daily report'),
  weekly: switchField('the weekly digest'),
  monthly: switchField('the monthly report'),
  /** Nobody: the owner gets them. */
  recipients: z
    .array(z.unknown(), 'recipients should be a list of addresses.')
    .max(MOST_RECIPIENTS, `Send reports to ${MOST_RECIPIENTS} addresses at most.`)
    .pipe(z.array(emailField))
    .transform((addresses) => [...new Set(addresses)]),
})

export type ReportSettingsForm = z.infer<typeof reportSettingsForm>

export type ReportSettingsUpdated = {
  ok: true
  /** What the owner should know of the hour: the clocks of the zone skip it once in the year ahead. */
  note?: string
}

/** Changes when the actor's shop gets which reports, and who reads them. From the next look on, that is within 15 minutes. */
export async function updateReportSettings(
  { userId, account }: Pick<Actor, 'userId' | 'account'>,
  form: ReportSettingsForm,
): Promise<ReportSettingsUpdated> {
  const { timeZone, hour, recipients } = form
  const at = now()
  await db().$transaction(async (tx) => {
    const { count } = await tx.account.updateMany({
      where: { id: account.id, ownerId: userId, isActive: true },
      data: { timeZone, reportHour: hour, reportRecipients: recipients },
    })
    if (count > 0) for (const type of reportTypes) await turn(tx, account.id, type, form[type], at)
  })
  const note = skippedHourNote(hour, timeZone, at)
  return note ? { ok: true, note } : { ok: true }
}

/** What was off misses nothing: its slots count from now on. */
async function turn(tx: Tx, accountId: string, type: ReportType, isOn: boolean, at: Date): Promise<void> {
  await tx.reportSchedule.updateMany({ where: { accountId, type, isOn }, data: { lookAt: at } })
  await tx.reportSchedule.updateMany({
    where: { accountId, type, isOn: !isOn },
    data: { isOn, lookAt: at, decidedUpTo: at },
  })
}
