import { randomUUID } from 'node:crypto'
import { type SignUpForm, signUp } from '@/lib/accounts/sign-up'
import { hashPassword } from '@/lib/auth/auth'
import { db } from '@/lib/db'

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

const hashes = new Map<string, Promise<string>>()

function hashOnce(password: string): Promise<string> {
  const hash = hashes.get(password) ?? hashPassword(password)
  hashes.set(password, hash)
  return hash
}

/** Signs somebody up by the app's own verb. */
export async function signedUp(change: Partial<SignUpForm> = {}) {
  const form = signUpForm(change)
  const result = await signUp(form, { hash: hashOnce })
  if (!result.ok) throw new Error(JSON.stringify(result.fields))
  return { ...form, userId: result.userId, accountId: result.accountId }
}

/** Somebody who may do what operators do, by the row alone: no event tells of them. */
export async function operator(email = `operator-${++count}@example.com`) {
  const userId = randomUUID()
  await db().user.create({ data: { id: userId, name: 'Olga', email, isOperator: true } })
  return { userId, email, isOperator: true }
}
