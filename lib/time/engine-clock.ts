import { z } from 'zod'
import { ownFunctionId } from '../app-id'
import { recordAct } from '../audit/record-act'
import { type Actor, assertOperator } from '../auth/actor'
import { learnOffset, now } from '../clock'
import { db } from '../db'
import { askEngine, canTimeMove } from '../engine-api'

/** Something that will fire at an instant of business time. */
export type Timer = {
  at: Date
  kind: 'discovery' | 'step' | 'fetch' | 'wake' | 'start-timeout' | 'finish-timeout' | 'cron' | 'batch' | 'debounce'
  functionId: string
  runId: string | null
  stepName: string | null
  attempt: number
}

const timers = z.object({
  timers: z.array(
    z.object({
      at: z.string().transform((text) => new Date(text)),
      kind: z.enum([
        'discovery',
        'step',
        'fetch',
        'wake',
        'start-timeout',
        'finish-timeout',
        'cron',
        'batch',
        'debounce',
      ]),
      functionId: z.string().transform((name) => ownFunctionId(name)),
      runId: z.string().nullable(),
      stepName: z.string().nullable(),
      attempt: z.number(),
    }),
  ),
})

/** What will fire next, soonest first; null where time can't be moved, or the engine can't be asked. */
export async function listTimers(actor: Pick<Actor, 'isOperator'>): Promise<Timer[] | null> {
  assertOperator(actor)
  if (!canTimeMove()) return null
  const answer = await askEngine('GET', '/dev/timers?limit=50')
  return timers.safeParse(answer?.body).data?.timers ?? null
}

/** How far time is to be moved: on by a while, or to when the next timer fires that is no schedule's: those come anyway. */
export const clockMove = z.enum(['1h', '1d', 'next'], 'Move by an hour, by a day, or to the next timer.')

export type ClockMove = z.infer<typeof clockMove>
export type MoveAnswer = { ok: true; now: string; unsettled: string[] } | { ok: false; message: string }

const moved = z.object({ now: z.string(), offsetMs: z.number(), unsettled: z.array(z.string()) })
const MOVE_LIMIT_MS = 60_000

/** Moves time on; answers when all that came due is done. */
export async function moveClock(
  actor: Pick<Actor, 'userId' | 'email' | 'isOperator'>,
  move: ClockMove,
): Promise<MoveAnswer> {
  assertOperator(actor)
  if (!canTimeMove()) return { ok: false, message: 'Time can’t be moved here.' }
  const target = move === 'next' ? await nextTimer(actor) : { by: move === '1h' ? '1h' : '24h' }
  if (!target) return { ok: false, message: 'Nothing is due: there is no timer to move to.' }
  const from = now()
  const answer = moved.safeParse((await askEngine('POST', '/dev/clock', { ...target, limitMs: MOVE_LIMIT_MS }))?.body)
  if (!answer.success) return { ok: false, message: 'The engine can’t be reached. Try again in a moment.' }
  learnOffset(answer.data.offsetMs)
  const details = { from: from.toISOString(), to: answer.data.now }
  await recordAct(db(), actor, { act: 'move clock', subject: 'clock', details })
  return { ok: true, now: answer.data.now, unsettled: answer.data.unsettled }
}

/** A timer that is due so soon may be over before a move to its instant arrives. */
const SOON_MS = 2_000

async function nextTimer(actor: Pick<Actor, 'isOperator'>): Promise<{ to: string } | { by: number } | undefined> {
  const next = (await listTimers(actor))?.find(({ kind }) => kind !== 'cron')
  if (!next) return undefined
  const inMs = next.at.getTime() - now().getTime()
  return inMs > SOON_MS ? { to: next.at.toISOString() } : { by: Math.max(0, inMs) }
}
