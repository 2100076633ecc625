import { randomBytes, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { hashPassword } from '../auth/auth'
import { now } from '../clock'
import { db, isUniqueViolation, type Tx } from '../db'
import { env } from '../env'
import { publish } from '../outbox/publish'
import { emailField, nameField, passwordField, shopNameField, timeZoneField } from './fields'
import { requestSecretLetter } from './secret-letter'
import { freeSlug, slugOf } from './slug'

export const signUpForm = z.object({
  name: nameField,
  email: emailField,
  password: passwordField,
  shopName: shopNameField,
  timeZone: timeZoneField,
})

export type SignUpForm = z.infer<typeof signUpForm>
export type SignedUp = { ok: true; userId: string; accountId: string } | { ok: false; fields: { email: string } }

/** Two shops of one name that sign up at the same time want the same address; the second one tries again. */
const TRIES = 5

/**
 * Signs a person up: user, password, shop and the events `user/created` and for the verifying letter, all in one
 * transaction, or nothing.
 * @param isSeed true for the people of the seed, who don't count as the first person.
 * @param isOperator true for the one among them who is operator.
 * @param hash how the password is hashed; tests, which sign up by the thousand with one password, hash it once.
 * @returns which field is wrong when the address is taken.
 */
export async function signUp(
  form: SignUpForm,
  {
    isSeed = false,
    isOperator = false,
    hash = hashPassword,
  }: { isSeed?: boolean; isOperator?: boolean; hash?: (password: string) => Promise<string> } = {},
): Promise<SignedUp> {
  // Before the transaction: 85 ms of work, in which no lock should be held.
  const password = await hash(form.password)
  for (let left = TRIES; ; left--) {
    try {
      const isCrowded = left < TRIES
      return await db().$transaction((tx) => write(tx, form, password, { isSeed, isOperator, isCrowded }))
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      if (await db().user.findUnique({ where: { email: form.email } }))
        return {
          ok: false,
          fields: { email: 'Somebody has signed up with this address. Sign in, or reset the password.' },
        }
      if (left <= 1) throw error
    }
  }
}

async function write(
  tx: Tx,
  form: SignUpForm,
  password: string,
  { isSeed, isOperator, isCrowded }: { isSeed: boolean; isOperator: boolean; isCrowded: boolean },
): Promise<SignedUp> {
  const [userId, accountId, createdAt] = [randomUUID(), randomUUID(), now()]
  const { name, email, shopName, timeZone } = form
  const mayOperate = isOperator || (!isSeed && (await isFirstPerson(tx)))
  await tx.user.create({ data: { id: userId, name, email, isSeed, isOperator: mayOperate, createdAt } })
  await tx.credential.create({
    data: { id: randomUUID(), providerId: 'credential', accountId: userId, userId, password },
  })
  // All who lost a name at once would agree on the next one, too: from the second try on chance decides.
  const wished = isCrowded ? `${slugOf(shopName)}-${randomBytes(3).toString('hex')}` : slugOf(shopName)
  const slug = await findFreeSlug(tx, wished)
  await tx.account.create({ data: { id: accountId, ownerId: userId, name: shopName, slug, timeZone, createdAt } })
  await publish(tx, { name: 'user/created', id: `user-created/${userId}`, data: { userId, email } })
  await requestSecretLetter(tx, 'verify-email', { id: userId, email, name })
  return { ok: true, userId, accountId }
}

/** On a machine that only its owner can reach, the first person to sign up is the one who runs it. */
async function isFirstPerson(tx: Tx): Promise<boolean> {
  if (!env().isPrivate) return false
  return (await tx.user.findFirst({ where: { isSeed: false }, select: { id: true } })) === null
}

async function findFreeSlug(tx: Tx, slug: string): Promise<string> {
  const taken = await tx.account.findMany({ where: { slug: { startsWith: slug } }, select: { slug: true } })
  return freeSlug(slug, new Set(taken.map((account) => account.slug)))
}
