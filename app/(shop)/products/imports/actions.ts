'use server'

import { z } from 'zod'
import { cancelImport } from '@/lib/imports/find-import'
import { ownerAct } from '../../act'

export const stopImport = ownerAct(z.object({ importId: z.string() }), async (actor, { importId }) => {
  const answer = await cancelImport(actor, importId)
  return answer.ok ? { ok: true, message: 'It stops after the part that is under way.' } : answer
})
