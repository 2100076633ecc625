import { openSession } from '@/lib/auth/sign-in'
import { signedUp } from './factories'

/** Somebody who is signed in, as the doors see them: by a cookie. */
export async function signedIn() {
  const person = await signedUp()
  const session = await openSession(person)
  if (!session.ok) throw new Error(`${person.email} could not sign in`)
  return { ...person, cookie: session.cookies.map((cookie) => cookie.split(';')[0]).join('; ') }
}

/** An operator (who signs up first, on a machine of one's own) and the owner of another shop. */
export async function operatorAndOwner() {
  const operator = await signedIn()
  return { operator, owner: await signedIn() }
}
