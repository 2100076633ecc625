'use server'

import { z } from 'zod'
import { cancelOrder } from '@/lib/orders/cancel-order'
import { refundOrder } from '@/lib/orders/refund-order'
import { ownerAct } from '../act'

const one = z.object({ orderId: z.string() })

export const cancel = ownerAct(one, async (actor, { orderId }) => {
  const answer = await cancelOrder(actor, orderId)
  if (!answer.ok) return answer
  return {
    ok: true,
    message: answer.status === 'cancelled' ? 'The order is cancelled.' : 'The order is being cancelled.',
  }
})

export const refund = ownerAct(one, async (actor, { orderId }) => {
  const answer = await refundOrder(actor, orderId)
  return answer.ok ? { ok: true, message: 'The order is being refunded.' } : answer
})
