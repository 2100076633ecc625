import { signUp, signUpForm } from '@/lib/accounts/sign-up'
import { takeSignUp } from '@/lib/auth/limits'
import { openSession } from '@/lib/auth/sign-in'
import { door } from '../door'
import { tooMany, wrongFields } from '../problem'
import { withCookies } from '../with-cookies'

/** Signs up: user, shop and session. */
export const POST = door(signUpForm, async (form, { address }) => {
  const limited = await takeSignUp(address)
  if (!limited.ok) return tooMany(limited.retryAfterSeconds)
  const signedUp = await signUp(form)
  if (!signedUp.ok) return wrongFields(signedUp.fields)
  const session = await openSession(form)
  const { userId, accountId } = signedUp
  return withCookies(Response.json({ userId, accountId }, { status: 201 }), session.ok ? session.cookies : [])
})
