'use server'

import { z } from 'zod'
import { operatorAct } from '@/app/console/act'
import { discardEvent, sendEventAgain } from '@/lib/outbox/refused-events'
import { drainOutbox } from '@/lib/outbox/relay'

// PostgreSQL refuses a NUL loudly.
const id = z
  .string('id should be an event’s.')
  .max(500)
  .regex(/^[^\0]+$/, 'id should be an event’s.')
const discarding = z.object({ id, reason: z.string('Say in a few words why it need not be sent.') })

const DRAIN_LIMIT_MS = 2_000

export const sendAgain = operatorAct(z.object({ id }), async (actor, { id }) => {
  const answer = await sendEventAgain(actor, id, new Date())
  if (!answer.ok) return answer
  await drainOutbox({ withinMs: DRAIN_LIMIT_MS })
  return { ok: true, message: 'The event is sent again.' }
})

export const discard = operatorAct(discarding, async (actor, { id, reason }) => {
  const answer = await discardEvent(actor, id, reason)
  return answer.ok ? { ok: true, message: 'The event is discarded.' } : answer
})
