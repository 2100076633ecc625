import { signIn, signInForm, signOut } from '@/lib/auth/sign-in'
import { bareDoor, door } from '../door'
import { tooMany, wrongFields } from '../problem'
import { withCookies } from '../with-cookies'

/** Signs in. */
export const POST = door(signInForm, async (form, { address }) => {
  const signedIn = await signIn(form, { address })
  if (signedIn.ok) return withCookies(Response.json({ ok: true }, { status: 201 }), signedIn.cookies)
  if (signedIn.reason === 'limited') return tooMany(signedIn.retryAfterSeconds)
  return wrongFields({ password: 'Address and password do not fit together.' })
})

/** Signs out. */
export const DELETE = bareDoor(async ({ headers }) =>
  withCookies(new Response(null, { status: 204 }), await signOut(headers)),
)
