import { APIError } from 'better-auth/api'
import { z } from 'zod'
import { emailField } from '../accounts/fields'
import type { Limited } from '../take-limits'
import { auth } from './auth'
import { takeSignIn } from './limits'

export const signInForm = z.object({
  email: emailField,
  password: z.string('password should be a text').min(1, 'Enter your password.').max(128, 'This password is too long.'),
})

export type SignedIn =
  | { ok: true; cookies: string[] }
  | { ok: false; reason: 'wrong' }
  | ({ ok: false; reason: 'limited' } & Extract<Limited, { ok: false }>)

/**
 * Opens a session. An address that nobody has, and a password that is wrong, are told apart neither by the answer nor
 * by the time it takes: the library hashes in both cases.
 * @returns the cookies to set.
 */
export async function signIn(form: z.infer<typeof signInForm>, { address }: { address: string }): Promise<SignedIn> {
  const limited = await takeSignIn(form.email, address)
  if (!limited.ok) return { ...limited, reason: 'limited' }
  return openSession(form)
}

/** Opens a session for somebody who has just proved their password. */
export async function openSession(body: {
  email: string
  password: string
}): Promise<Exclude<SignedIn, { reason: 'limited' }>> {
  try {
    const { headers } = await auth().api.signInEmail({ body, returnHeaders: true })
    return { ok: true, cookies: headers.getSetCookie() }
  } catch (error) {
    if (error instanceof APIError && [400, 401, 403].includes(error.statusCode)) return { ok: false, reason: 'wrong' }
    throw error
  }
}

/** Ends the session of a request. @returns the cookies that clear it. */
export async function signOut(requestHeaders: Headers): Promise<string[]> {
  const { headers } = await auth().api.signOut({ headers: requestHeaders, returnHeaders: true })
  return headers.getSetCookie()
}
