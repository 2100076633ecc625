import { createHash, timingSafeEqual } from 'node:crypto'
import { type Actor, findActor } from '@/lib/auth/actor'
import { env } from '@/lib/env'
import { Refusal } from '../problem'

/**
 * The operator who asks.
 * @throws Refusal 401 for nobody, 403 for somebody else.
 */
export async function admitOperator(headers: Headers): Promise<Actor> {
  const actor = await findActor(headers)
  if (!actor) throw new Refusal({ status: 401, title: 'Sign in first.' })
  if (!actor.isOperator) throw new Refusal({ status: 403, title: 'This is for operators.' })
  return actor
}

/**
 * An operator, or a program with the bearer token of the environment.
 * @throws Refusal 401 or 403.
 */
export async function admitReader(headers: Headers): Promise<void> {
  const given = /^Bearer (.+)$/i.exec(headers.get('authorization') ?? '')?.[1]
  if (given === undefined) {
    await admitOperator(headers)
    return
  }
  const { metricsToken } = env()
  if (!metricsToken || !isSame(given, metricsToken))
    throw new Refusal({ status: 401, title: 'This token is not good here.' }, { 'www-authenticate': 'Bearer' })
}

/** In the same time however much of it is right. */
function isSame(given: string, wanted: string): boolean {
  const [a, b] = [given, wanted].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer]
  return timingSafeEqual(a, b)
}
