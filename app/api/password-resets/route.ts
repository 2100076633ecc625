import { passwordResetRequestForm, requestPasswordReset } from '@/lib/accounts/request-password-reset'
import { door } from '../door'
import { tooMany } from '../problem'

/** A known address has a letter asked for, which takes some milliseconds more; nobody should be able to measure that. */
const ANSWER_AFTER_MS = 400

/** Asks for the letter by which a new password is chosen. Says the same whether the address is known. */
export const POST = door(
  passwordResetRequestForm,
  async (form, { address }) => {
    const limited = await requestPasswordReset(form, { address })
    return limited.ok ? Response.json({ ok: true }, { status: 202 }) : tooMany(limited.retryAfterSeconds)
  },
  { answerAfterMs: ANSWER_AFTER_MS },
)
