import { z } from 'zod'
import { recordAct } from '../audit/record-act'
import { type Actor, assertOperator } from '../auth/actor'
import { db } from '../db'
import { listFunctionStates } from '../functions/hold-function'
import { publish } from '../outbox/publish'
import { periodWords } from '../reports/find-period'
import { reportTypeOf } from '../reports/report-schedules'
import { checkPeriod } from '../reports/request-report'
import { isCalendarDate } from '../time/calendar-date'
import { wallClockOf } from '../time/zoned-instant'
import type { RunRequest } from './run-request'
import type { Schedule } from './schedule'

const DAY_PROBLEM = 'Give a day such as 2026-11-24.'
/** What a form's box says when it is ticked; nothing else when it is not. */
const box = z
  .literal('on', 'This is either ticked or not.')
  .optional()
  .transform((ticked) => ticked === 'on')

export const runNowForm = z.object({
  scheduleId: z.string('Say which schedule.'),
  /** Any day of the period; only of a schedule that makes reports. */
  startDate: z.string(DAY_PROBLEM).refine(isCalendarDate, DAY_PROBLEM).optional(),
  makeAgain: box,
  withLetter: box,
  /** Of the form: sent twice, it is one request. */
  requestId: z.uuid('The form is not complete. Reload the page.'),
})

export type RunNowForm = z.infer<typeof runNowForm>

export type RunNowAnswer =
  | {
      ok: true
      /** What it is asked to do, such as `daily-report for Tuesday, 24 November 2026`. */
      what: string
    }
  | { ok: false; message: string; fields?: Record<string, string> }

/**
 * Has a schedule's function run now, whatever its slots say; one that makes reports, for the period that the form's day is in.
 * The same request twice is one run.
 * @param schedules all that there are.
 * @param now business time.
 */
export async function runScheduleNow(
  actor: Pick<Actor, 'userId' | 'email' | 'isOperator'>,
  schedules: readonly Schedule[],
  form: RunNowForm,
  now: Date,
): Promise<RunNowAnswer> {
  assertOperator(actor)
  const schedule = schedules.find(({ id }) => id === form.scheduleId)
  if (!schedule) return { ok: false, message: 'There is no such schedule.' }
  const asked = requestOf(schedule, form, now)
  if (!asked.ok) return asked
  const state = (await listFunctionStates(actor))?.find(({ functionId }) => functionId === schedule.id)
  if (state?.pausedAt) return { ok: false, message: `${schedule.id} is paused. Resume it first.` }
  await ask(actor, asked.request)
  return { ok: true, what: asked.what }
}

type Asked = { ok: true; request: RunRequest; what: string } | Extract<RunNowAnswer, { ok: false }>

/** Pure. */
function requestOf({ id: scheduleId, timeZone }: Schedule, form: RunNowForm, now: Date): Asked {
  const { startDate, makeAgain, withLetter, requestId } = form
  const type = reportTypeOf(scheduleId)
  if (!type) return { ok: true, request: { scheduleId, requestId }, what: scheduleId }
  if (startDate === undefined) return wrong(DAY_PROBLEM)
  if (withLetter && !makeAgain) return { ok: false, message: ONLY_AGAIN, fields: { withLetter: ONLY_AGAIN } }
  const checked = checkPeriod({ type, startDate }, wallClockOf(now, timeZone).date)
  if (!checked.ok) return wrong(Object.values(checked.fields)[0] ?? DAY_PROBLEM)
  const request = { scheduleId, requestId, ...checked.period, makeAgain, withLetter }
  return { ok: true, request, what: `${scheduleId} for ${periodWords(type, checked.period)}` }
}

const ONLY_AGAIN = 'Only reports that are made again go out once more. Tick that, too.'
const wrong = (problem: string): Asked => ({ ok: false, message: problem, fields: { startDate: problem } })

/** The event and the audit list's line are written together, once for a request. */
async function ask(actor: Pick<Actor, 'userId' | 'email'>, request: RunRequest): Promise<void> {
  const { scheduleId, requestId, ...details } = request
  const id = `schedule-run/${requestId}`
  await db().$transaction(async (tx) => {
    // Of the same form sent twice at the same moment, the second waits for the first.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${id}, 0))`
    if (await tx.outboxEvent.findUnique({ where: { id }, select: { id: true } })) return
    await publish(tx, { name: 'schedule/run-requested', id, data: request })
    await recordAct(tx, actor, { act: 'run schedule', subject: `schedule/${scheduleId}`, details })
  })
}
