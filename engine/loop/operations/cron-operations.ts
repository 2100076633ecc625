import { jitterOf, lastTickUpTo, nextTick, tickEvent } from '../../schedule/cron'
import type { CronRow } from '../../store/tables'
import { admit } from '../../trigger/admit'
import type { Operation } from '../lane'
import type { World } from '../world'
import { cronKey } from './sync'
import { loadFinishWaits } from './take-in'

/**
 * A schedule's time has come: its function runs once for the tick, and the next tick is noted in the same commit, so
 * that no crash can skip or repeat it. Where several ticks are over (the machine slept, or its clock was set forward) it
 * is the latest that fires, as after a stop of the engine.
 */
export function cronTicked(world: World, due: CronRow): Operation<void> {
  return {
    name: 'cron',
    // A singleton's tick may end the run that is active.
    load: () => (world.functions.get(due.functionId)?.config.singleton ? loadFinishWaits(world) : undefined),
    decide: ({ draft }) => {
      const cron = world.crons.get(cronKey(due))
      const fn = world.functions.get(due.functionId)
      if (!cron || !fn?.isActive || cron.nextAt > draft.now) return
      const tick = Math.max(cron.nextAt, lastTickUpTo(cron.expression, draft.now) ?? cron.nextAt)
      const jitter = fn.config.triggers.find((trigger) => trigger.cron === cron.expression)?.jitter ?? 0
      const fireAt = tick + (jitter && jitterOf(fn.id, tick, jitter))
      // A tick of a function that an operator holds back is over when it is over, like an event.
      if (!draft.isPaused(fn.id)) {
        const event = tickEvent(draft.newId(), cron.expression, { tick, fireAt, now: draft.now })
        draft.changes.put('event', event)
        admit(draft, fn, { event })
      }
      moveOn(world, draft, cron, nextTick(cron.expression, tick))
    },
  }
}

/**
 * Before time jumps, or after the engine was off: of the ticks that lie in between, each schedule keeps only the
 * latest. What a missed slot means is the function's own business.
 * @param until the instant that time jumps to.
 */
export function skippedToLatest(world: World, until: number): Operation<void> {
  return {
    name: 'skip ticks',
    decide: ({ draft }) => {
      for (const cron of [...world.crons.values()]) {
        if (cron.nextAt > until) continue
        const latest = lastTickUpTo(cron.expression, until)
        if (latest !== undefined && latest > cron.nextAt) moveOn(world, draft, cron, latest)
      }
    },
  }
}

type DraftOf = Parameters<Operation<void>['decide']>[0]['draft']

function moveOn(world: World, draft: DraftOf, cron: CronRow, nextAt: number | undefined): void {
  const { functionId, expression } = cron
  if (nextAt === undefined) {
    draft.changes.remove('cron', cron)
    world.crons.delete(cronKey(cron))
    return
  }
  const moved = { functionId, expression, nextAt }
  draft.changes.put('cron', moved)
  world.crons.set(cronKey(moved), moved)
}
