'use server'

import { z } from 'zod'
import { several } from '@/app/_ui/words'
import { changeForm } from '@/lib/products/bulk/change'
import { cancelBulkUpdate } from '@/lib/products/bulk/find-bulk-update'
import { requestBulkUpdate } from '@/lib/products/bulk/request-bulk-update'
import { selection } from '@/lib/products/bulk/selection'
import { ownerAct } from '../../act'
import { bulkUpdateHref } from './addresses'

const asked = changeForm.extend({ selection, formId: z.uuid('The form is not complete. Reload the page.') })

export const change = ownerAct(asked, async (actor, { selection, formId, ...form }) => {
  const answer = await requestBulkUpdate(actor, { formId, selection, form })
  if (!answer.ok) return answer
  return {
    ok: true,
    message: `The change of ${several(answer.total, 'product')} is on its way.`,
    href: bulkUpdateHref(answer.bulkUpdateId),
  }
})

export const stop = ownerAct(z.object({ bulkUpdateId: z.string() }), async (actor, { bulkUpdateId }) => {
  const answer = await cancelBulkUpdate(actor, bulkUpdateId)
  return answer.ok ? { ok: true, message: 'It stops after the part that is under way.' } : answer
})
