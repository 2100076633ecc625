import { type Actor, findActor } from '@/lib/auth/actor'
import { Refusal } from '../problem'

/**
 * The owner who uploads.
 * @throws Refusal 401 for nobody.
 */
export async function admitOwner(headers: Headers): Promise<Actor> {
  const actor = await findActor(headers)
  if (!actor) throw new Refusal({ status: 401, title: 'Sign in first.' })
  return actor
}
