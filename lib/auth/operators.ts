import { db } from '../db'
import { env } from '../env'

/** The addresses of all who may enter the console: in live mode those of the environment that are verified. */
export async function listOperatorEmails(): Promise<string[]> {
  const { mode, operatorEmails } = env()
  const where = mode === 'live' ? { email: { in: [...operatorEmails] }, emailVerified: true } : { isOperator: true }
  const users = await db().user.findMany({ where, select: { email: true }, orderBy: { email: 'asc' } })
  return users.map(({ email }) => email)
}
