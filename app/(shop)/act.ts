import type { z } from 'zod'
import type { Act, ActAnswer } from '@/app/_ui/use-act'
import { roomAct } from '@/app/act'
import type { Actor } from '@/lib/auth/actor'

const room = {
  admits: () => true,
  refusal: 'You are not signed in any more. Sign in again, in another tab, and what you have filled in stays.',
  path: '/',
}

/** A server action of the shop's rooms: for whoever is signed in, on their own shop, which the verb sees to. */
export function ownerAct<Schema extends z.ZodType>(
  schema: Schema,
  verb: (actor: Actor, input: z.infer<Schema>) => Promise<ActAnswer>,
): Act {
  return roomAct(room, schema, verb)
}
