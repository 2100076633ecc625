import { type SignUpForm, signUp } from '@/lib/accounts/sign-up'

let count = 0

/** A sign-up form that is right in every field, and like no other. */
export function signUpForm(change: Partial<SignUpForm> = {}): SignUpForm {
  const n = ++count
  return {
    name: `Ann ${n}`,
    email: `ann-${n}@example.com`,
    password: 'correct horse battery',
    shopName: `Shop ${n}`,
    timeZone: 'Europe/Berlin',
    ...change,
  }
}

/** Signs somebody up by the app's own verb. */
export async function signedUp(change: Partial<SignUpForm> = {}) {
  const form = signUpForm(change)
  const result = await signUp(form)
  if (!result.ok) throw new Error(JSON.stringify(result.fields))
  return { ...form, userId: result.userId, accountId: result.accountId }
}
