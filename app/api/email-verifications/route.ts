import { emailVerificationForm, verifyEmail } from '@/lib/accounts/verify-email'
import { door } from '../door'
import { wrongFields } from '../problem'

/** Confirms an address by the link of a letter. */
export const POST = door(emailVerificationForm, async (form) => {
  const verified = await verifyEmail(form)
  return verified.ok ? Response.json({ ok: true }) : wrongFields(verified.fields)
})
