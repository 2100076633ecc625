import { type Actor, findActor } from '@/lib/auth/actor'
import { Refusal } from './problem'

/**
 * Whoever is signed in; a door of a shop shows them their own.
 * @throws Refusal 401 for nobody.
 */
export async function admitActor(headers: Headers): Promise<Actor> {
  const actor = await findActor(headers)
  if (!actor) throw new Refusal({ status: 401, title: 'Sign in first.' })
  return actor
}
