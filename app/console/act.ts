import type { z } from 'zod'
import type { Act, ActAnswer } from '@/app/_ui/use-act'
import { roomAct } from '@/app/act'
import type { Actor } from '@/lib/auth/actor'

const room = {
  admits: ({ isOperator }: Actor) => isOperator,
  refusal: 'This is for operators. Sign in again.',
  path: '/console',
}

/** A server action of the console: for operators alone. */
export function operatorAct<Schema extends z.ZodType>(
  schema: Schema,
  verb: (actor: Actor, input: z.infer<Schema>) => Promise<ActAnswer>,
): Act {
  return roomAct(room, schema, verb)
}
