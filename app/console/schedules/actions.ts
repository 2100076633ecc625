'use server'

import { operatorAct } from '@/app/console/act'
import { schedules } from '@/inngest/schedules'
import { now } from '@/lib/clock'
import { runNowForm, runScheduleNow } from '@/lib/schedules/run-now'

export const runNow = operatorAct(runNowForm, async (actor, form) => {
  const answer = await runScheduleNow(actor, schedules, form, now())
  return answer.ok ? { ok: true, message: `${answer.what} is on its way.` } : answer
})
