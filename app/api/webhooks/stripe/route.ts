import { receiveWebhook } from '@/lib/payments/receive-webhook'
import { openDoor } from '../../door'
import { problem } from '../../problem'
import { readText } from '../../read-body'

/** What Stripe tells. Known by its signature alone: no session is read, and no origin asked for. */
export const POST = openDoor(async (request) => {
  const body = await readText(request, { mostBytes: 1024 * 1024 })
  const received = await receiveWebhook(body, request.headers.get('stripe-signature'))
  if (!received.ok) return problem({ status: 400, title: received.message })
  return Response.json({ received: true })
})
