import { passwordResetForm, resetPassword } from '@/lib/accounts/reset-password'
import { door } from '../../door'
import { wrongFields } from '../../problem'

/** Sets the new password. */
export const POST = door(passwordResetForm, async (form) => {
  const reset = await resetPassword(form)
  return reset.ok ? Response.json({ ok: true }) : wrongFields(reset.fields)
})
