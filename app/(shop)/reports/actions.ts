'use server'

import { z } from 'zod'
import { now } from '@/lib/clock'
import { periodWords } from '@/lib/reports/find-period'
import { requestReport, requestReportForm } from '@/lib/reports/request-report'
import { ownerAct } from '../act'
import { requestedHref } from './addresses'

const form = requestReportForm.extend({
  /** A box of a form is there or not. */
  withLetter: z
    .literal('on', 'withLetter should be on, or left out.')
    .optional()
    .transform((box) => box === 'on'),
})

export const haveReportMade = ownerAct(form, async (actor, wanted) => {
  if (!actor.account.isActive) return { ok: false, message: 'This account is closed: no more reports are made for it.' }
  const answer = await requestReport(actor, wanted, now())
  if (!answer.ok) return { ok: false, message: Object.values(answer.fields)[0] ?? '', fields: answer.fields }
  const { type, requestId } = wanted
  return {
    ok: true,
    message: `The report of ${periodWords(type, answer.period)} is being made.`,
    href: requestedHref({ type, startDate: answer.period.startDate, requestId }),
  }
})
