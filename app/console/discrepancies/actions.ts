'use server'

import { z } from 'zod'
import { operatorAct } from '@/app/console/act'
import { closeDiscrepancy } from '@/lib/reconciliation/discrepancies'

const closing = z.object({ id: z.string(), note: z.string('Say in a few words what was done about it.') })

export const close = operatorAct(closing, async (actor, { id, note }) => {
  const answer = await closeDiscrepancy(actor, id, note)
  return answer.ok ? { ok: true, message: 'The discrepancy is closed.' } : answer
})
