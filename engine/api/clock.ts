import { z } from 'zod'
import { parseDuration } from '../model/duration'
import { checked } from './body'
import type { Exchange, Reply, Route } from './exchange'
import { Problem } from './problem'

const MAX_MOVE_MS = 10 * 366 * 24 * 3_600_000
const DEFAULT_LIMIT_MS = 60_000

const by = z.union(
  [
    z.number().int().min(0),
    z.string().transform((text, context) => {
      const ms = parseDuration(text)
      if (ms !== undefined && text !== '') return ms
      context.addIssue('by should be a duration such as 24h or 3d')
      return z.NEVER
    }),
  ],
  'by should be a duration such as 24h, or a number of milliseconds',
)

const move = z
  .strictObject({
    by: by.optional(),
    to: z.iso.datetime({ offset: true, error: 'to should be an instant such as 2026-12-01T09:00:00Z' }).optional(),
    crons: z.enum(['latest', 'all'], 'crons should be "latest" or "all"').default('latest'),
    limitMs: z.number().int().min(1).max(3_600_000).default(DEFAULT_LIMIT_MS),
  })
  .refine(({ by, to }) => (by === undefined) !== (to === undefined), 'one of by and to should be given')

/** `GET /dev/clock`: engine time, and how far it is ahead of the machine's. */
export const clockRoute: Route = {
  method: 'GET',
  path: '/dev/clock',
  answer: ({ engine }) => ({ status: 200, body: face(engine) }),
}

/** `POST /dev/clock`: moves time forward; answers when all that came due has been done. In local mode only. */
export function moveClockRoute(mode: 'local' | 'live'): Route {
  return {
    method: 'POST',
    path: '/dev/clock',
    answer: async ({ engine, text }): Promise<Reply> => {
      if (mode === 'live') throw new Problem(403, 'the clock can be moved in local mode only')
      const { by, to, crons, limitMs } = checked(move, await text(10_000))
      const target = to === undefined ? { by: by ?? 0 } : { to: Date.parse(to) }
      checkReach(target, engine.clock.now())
      const { settled, unsettled } = await engine.moveClock({ target, crons, limitMs })
      return { status: 200, body: { ...face(engine), settled, unsettled } }
    },
  }
}

function checkReach(target: { to: number } | { by: number }, now: number): void {
  const [field, distance] = 'to' in target ? ['to', target.to - now] : ['by', target.by]
  const clock = new Date(now).toISOString()
  if (Number(distance) < 0) throw new Problem(400, `${field}: the clock stands at ${clock} and only goes forward`)
  if (Number(distance) > MAX_MOVE_MS) throw new Problem(400, `${field}: a move may be ten years at most`)
}

function face({ clock }: Exchange['engine']): { now: string; offsetMs: number } {
  return { now: new Date(clock.now()).toISOString(), offsetMs: clock.offsetMs }
}
