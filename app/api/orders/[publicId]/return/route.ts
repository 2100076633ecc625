import { log } from '@/lib/log'
import { acceptCard } from '@/lib/orders/accept-card'
import { findOrderAddress } from '@/lib/orders/find-order-address'
import { ProviderAwayError } from '@/lib/payments/provider-error'
import { openDoor } from '../../../door'
import { problem } from '../../../problem'

/**
 * Where the payment provider's page, which is another site, leads a customer back to. Where the provider can't be asked at
 * this moment, its own word or the look at the end of the time places the order.
 */
export const GET = openDoor(async (_, { url }) => {
  const publicId = url.pathname.split('/').at(-2) ?? ''
  const address = await findOrderAddress(publicId)
  if (!address) return problem({ status: 404, title: 'There is no such order.' })
  try {
    await acceptCard({ publicId })
  } catch (error) {
    if (!(error instanceof ProviderAwayError)) throw error
    log.warn({ err: error, publicId }, 'whether a card was given could not be asked')
  }
  return new Response(null, { status: 303, headers: { location: address, 'cache-control': 'no-store' } })
})
