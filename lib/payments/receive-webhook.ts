import Stripe from 'stripe'
import { now } from '../clock'
import { db } from '../db'
import { env } from '../env'
import { publish } from '../outbox/publish'
import { stripeClient } from './stripe'

export type WebhookReceived = { ok: true; isNew: boolean } | { ok: false; message: string }

/**
 * Takes what the payment provider tells: checks its signature, and stores it once, with the outbox event that gets it
 * applied. Only what it is about is kept.
 * @param body as it came, to the byte.
 */
export async function receiveWebhook(body: string, signature: string | null): Promise<WebhookReceived> {
  const event = await verified(body, signature)
  if (!event) return { ok: false, message: 'The signature is not the payment provider’s.' }
  const objectId = (event.data.object as { id?: unknown }).id
  const row = { id: event.id, type: event.type, objectId: String(objectId ?? ''), receivedAt: now() }
  return db().$transaction(async (tx) => {
    const { count } = await tx.webhookEvent.createMany({ data: [row], skipDuplicates: true })
    if (count === 0) return { ok: true, isNew: false }
    await publish(tx, { name: 'webhook/received', id: `webhook/${event.id}`, data: { webhookEventId: event.id } })
    return { ok: true, isNew: true }
  })
}

async function verified(body: string, signature: string | null): Promise<Stripe.Event | null> {
  const secret = env().payments.stripeWebhookSecret
  if (!secret || !signature) return null
  try {
    return await stripeClient().webhooks.constructEventAsync(body, signature, secret)
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError || error instanceof SyntaxError) return null
    throw error
  }
}
