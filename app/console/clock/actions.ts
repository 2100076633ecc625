'use server'

import { z } from 'zod'
import { operatorAct } from '@/app/console/act'
import { clockMove, moveClock } from '@/lib/time/engine-clock'

export const move = operatorAct(z.object({ by: clockMove }), async (actor, { by }) => {
  const answer = await moveClock(actor, by)
  if (!answer.ok) return answer
  const { unsettled } = answer
  return {
    ok: true,
    message:
      unsettled.length === 0
        ? 'Time has moved, and all that came due is done.'
        : `Time has moved. Not done yet: ${unsettled.slice(0, 3).join('; ')}${unsettled.length > 3 ? ' …' : ''}`,
  }
})
