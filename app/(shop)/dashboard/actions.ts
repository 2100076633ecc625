'use server'

import { revalidatePath } from 'next/cache'
import { requireActor } from '@/app/guard'
import { closeAccount } from '@/lib/accounts/close-account'
import { requestEmailVerification } from '@/lib/accounts/verify-email'
import { drainOutbox } from '@/lib/outbox/relay'

const DRAIN_LIMIT_MS = 2_000

export async function closeMyAccount(): Promise<void> {
  await closeAccount(await requireActor())
  await drainOutbox({ withinMs: DRAIN_LIMIT_MS })
  revalidatePath('/dashboard')
}

export async function sendVerification(): Promise<void> {
  const actor = await requireActor()
  await requestEmailVerification(actor, { address: actor.userId })
  await drainOutbox({ withinMs: DRAIN_LIMIT_MS })
  revalidatePath('/dashboard')
}
