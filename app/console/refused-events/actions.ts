'use server'

import { z } from 'zod'
import { operatorAct } from '@/app/console/act'
import { discardEvent, sendEventAgain } from '@/lib/outbox/refused-events'

// PostgreSQL refuses a NUL loudly.
const id = z
  .string('id should be an event’s.')
  .max(500)
  .regex(/^[^\0]+$/, 'id should be an event’s.')
const discarding = z.object({ id, reason: z.string('Say in a few words why it need not be sent.') })

export const sendAgain = operatorAct(z.object({ id }), async (actor, { id }) => {
  const answer = await sendEventAgain(actor, id, new Date())
  return answer.ok ? { ok: true, message: 'The event is sent again.' } : answer
})

export const discard = operatorAct(discarding, async (actor, { id, reason }) => {
  const answer = await discardEvent(actor, id, reason)
  return answer.ok ? { ok: true, message: 'The event is discarded.' } : answer
})
