import { cancelOrderByLink } from '@/lib/orders/cancel-order'
import { bareDoor } from '../../../door'
import { problem } from '../../../problem'

/** A customer cancels their order; who has the link to it may. */
export const POST = bareDoor(async ({ url }) => {
  const cancelled = await cancelOrderByLink(url.pathname.split('/').at(-2) ?? '')
  return cancelled.ok ? Response.json({ status: cancelled.status }) : problem({ status: 409, title: cancelled.message })
})
