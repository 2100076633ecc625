import { revalidatePath } from 'next/cache'
import { headers } from 'next/headers'
import type { z } from 'zod'
import type { Act, ActAnswer } from '@/app/_ui/use-act'
import { currentActor } from '@/app/guard'
import { isForeign } from '@/app/origin'
import type { Actor } from '@/lib/auth/actor'
import { isDatabaseAway } from '@/lib/db/is-away'
import { log } from '@/lib/log'
import { drainOutbox } from '@/lib/outbox/relay'

const DRAIN_LIMIT_MS = 2_000

type Room = {
  admits: (actor: Actor) => boolean
  /** What somebody is told whom it does not admit, and who is not signed in. */
  refusal: string
  /**
   * Where its pages are, which are made anew when something was done. Where nothing was, a page stays until its reader
   * has seen why, with what was filled in: it may be what the button was for that is gone.
   */
  path: string
}

/**
 * A server action of a room. It is a door of its own: whatever page it is pressed on, where the request comes from, who
 * asks, and what they hand in are checked here.
 */
export function roomAct<Schema extends z.ZodType>(
  room: Room,
  schema: Schema,
  verb: (actor: Actor, input: z.infer<Schema>) => Promise<ActAnswer>,
): Act {
  return async (input) => {
    try {
      if (isForeign(await headers())) return refused('Requests from other sites are not taken.')
      const actor = await currentActor()
      if (!actor || !room.admits(actor)) return refused(room.refusal)
      const parsed = schema.safeParse(input)
      if (!parsed.success) return wrong(parsed.error)
      const answer = await verb(actor, parsed.data)
      await drainOutbox({ withinMs: DRAIN_LIMIT_MS })
      if (answer.ok) revalidatePath(room.path, 'layout')
      return answer
    } catch (error) {
      if (!isDatabaseAway(error)) log.error({ err: error }, 'an act failed')
      return refused('Something went wrong on our side, and nothing was done. Try again in a moment.')
    }
  }
}

const refused = (message: string): ActAnswer => ({ ok: false, message })

function wrong({ issues }: z.ZodError): ActAnswer {
  const fields: Record<string, string> = {}
  for (const { path, message } of issues) fields[path.join('.') || 'form'] ??= message
  return { ok: false, message: Object.values(fields)[0] ?? 'This can’t be taken.', fields }
}
