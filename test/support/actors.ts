import { type Actor, findActor } from '@/lib/auth/actor'
import { openSession } from '@/lib/auth/sign-in'

/** Signs somebody in. */
export async function actorOf({ email, password }: { email: string; password: string }): Promise<Actor> {
  const session = await openSession({ email, password })
  const cookie = session.ok ? session.cookies.map((text) => text.split(';')[0]).join('; ') : ''
  const actor = await findActor(new Headers({ cookie }))
  if (!actor) throw new Error('nobody is signed in')
  return actor
}
