import { emailVerificationForm, verifyEmail } from '@/lib/accounts/verify-email'
import { findActor } from '@/lib/auth/actor'
import { door } from '../door'
import { wrongFields } from '../problem'

/** Confirms an address by the link of a letter. */
export const POST = door(emailVerificationForm, async (form, { headers }) => {
  const verified = await verifyEmail(form, { actor: await findActor(headers) })
  return verified.ok ? Response.json({ ok: true }) : wrongFields(verified.fields)
})
