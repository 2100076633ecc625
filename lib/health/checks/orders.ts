import { type LingeringOrder, listLingeringOrders } from '../../orders/list-lingering-orders'
import { STUCK_ORDER_LIMITS, stuckOrders } from '../../orders/stuck-orders'
import type { Check, Finding } from '../check'
import { count, lengthWords } from '../words'

/** What stuck orders say: one finding, however many they are. Pure. */
export function judgeStuckOrders(stuck: readonly LingeringOrder[], at: Date): Finding[] {
  const [first] = stuck
  if (!first) return []
  const sinceMs = at.getTime() - Math.min(...stuck.map(({ since }) => since.getTime()))
  const message = `${count(stuck.length, 'order')} stuck, the first for ${lengthWords(sinceMs)}: ${first.id}.`
  return [{ kind: 'stuck-order', subject: 'orders', message }]
}

/** Whether orders come to an end. */
export const ordersCheck: Check = {
  id: 'orders',
  kinds: ['stuck-order'],
  find: async ({ at, realAt, openKinds }) => {
    const lingering = await listLingeringOrders(new Date(at.getTime() - STUCK_ORDER_LIMITS.endingMs))
    const isTold = openKinds.includes('stuck-order')
    return judgeStuckOrders(stuckOrders(lingering, { at, realAt }, { isTold }), at)
  },
}
