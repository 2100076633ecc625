import { cancelOrderByLink } from '@/lib/orders/cancel-order'
import { takeOrderCancel } from '@/lib/orders/limits'
import { bareDoor } from '../../../door'
import { problem, tooMany } from '../../../problem'

/** A customer cancels their order; who has the link to it may. */
export const POST = bareDoor(async ({ url, address }) => {
  const limited = await takeOrderCancel(address)
  if (!limited.ok) return tooMany(limited.retryAfterSeconds)
  const cancelled = await cancelOrderByLink(url.pathname.split('/').at(-2) ?? '')
  return cancelled.ok ? Response.json({ status: cancelled.status }) : problem({ status: 409, title: cancelled.message })
})
