import { type Answered, handleAnswer, handleUnanswered, type Unanswered } from '../../execution/answer'
import { type Checkpoint, takeCheckpoint } from '../../execution/checkpoint'
import type { Draft } from '../../execution/draft'
import { failRun, finishRun } from '../../execution/finish'
import { fireTimer } from '../../execution/timer'
import { finishTimeoutAt } from '../../flow/timeouts'
import { isActive, type QueuedItem, type Run, type SpentStart } from '../../model/run'
import type { Operation } from '../lane'
import type { World } from '../world'
import { loadFinishWaits } from './take-in'

/** Brings in a run and whatever its end could touch; without waiting where all is in memory. */
function loadRun(world: World, runId: string): () => Promise<void> | undefined {
  return () => {
    const run = world.runs.get(runId)
    if (run && !run.parentRunId && run.batchId === null && world.waiting.size === 0) return undefined
    return Promise.all([world.load([runId]), loadFinishWaits(world)]).then(() => undefined)
  }
}

/** The app has answered a call. */
export function answered(
  world: World,
  what: Answered,
  hooks: { decided: () => void; committed: () => void; undone: () => void },
): Operation<void> {
  return {
    name: 'answer',
    load: loadRun(world, what.runId),
    // A method, as in `checkpointed`: what runs TypeScript names a function in a property anew each time, for 1.5 µs.
    decide({ draft }) {
      hooks.decided()
      handleAnswer(draft, what)
    },
    committed: hooks.committed,
    undone: hooks.undone,
  }
}

/** A call was cut off. */
export function unanswered(world: World, what: Unanswered): Operation<void> {
  return { name: 'lost call', load: loadRun(world, what.runId), decide: ({ draft }) => handleUnanswered(draft, what) }
}

/** The app saves steps in the middle of a call. */
export function checkpointed(world: World, what: Checkpoint): Operation<ReturnType<typeof takeCheckpoint>> {
  return {
    name: 'checkpoint',
    load: loadRun(world, what.runId),
    decide({ draft }) {
      return takeCheckpoint(draft, what)
    },
  }
}

/** A timer has come due. */
export function timerFired(world: World, item: QueuedItem): Operation<void> {
  return {
    name: 'timer',
    load: loadRun(world, item.runId),
    decide: ({ draft }) => fireTimer(draft, { runId: item.runId, itemId: item.id }),
  }
}

/** Cancels a run. `unknown` where there is none; a run that has ended stays as it ended. */
export function cancelled(world: World, runId: string): Operation<'unknown' | 'done'> {
  return {
    name: 'cancel',
    load: loadRun(world, runId),
    decide: ({ draft }) => {
      const run = draft.runById(runId)
      if (!run) return 'unknown'
      finishRun(draft, run, { status: 'cancelled' })
      return 'done'
    },
  }
}

/** Fails a run for a reason that the engine found. */
export function failed(world: World, runId: string, reason: string): Operation<void> {
  return {
    name: 'fail',
    load: loadRun(world, runId),
    decide: ({ draft }) => {
      const run = draft.runById(runId)
      if (run) failRun(draft, run, reason)
    },
  }
}

/** A run's first call goes out: what counts from there is written. */
export function started(world: World, run: Run, throttle: SpentStart | undefined): Operation<void> {
  return {
    name: 'start',
    load: loadRun(world, run.id),
    decide: ({ draft }) => {
      if (throttle) noteThrottle(world, draft, throttle)
      const current = draft.runById(run.id)
      if (!current || !isActive(current)) return
      current.status = 'running'
      current.startedAt ??= run.startedAt
      draft.saveRun(current)
      for (const item of [...current.items.values()]) if (item.kind === 'start-timeout') draft.dropItem(current, item)
      const fn = world.functions.get(current.functionId)
      const timeoutAt = fn && finishTimeoutAt(fn.config, current.startedAt ?? draft.now)
      const isTimed = [...current.items.values()].some((item) => item.kind === 'finish-timeout')
      if (timeoutAt !== undefined && !isTimed) draft.addItem(current, 'finish-timeout', timeoutAt)
    },
  }
}

function noteThrottle({ flow }: World, draft: Draft, throttle: SpentStart): void {
  // Once more: memory may have been read anew since the start was let in. And the starts of a key may come here in
  // another order than they were let in: the row must not go back.
  const arrivalAt = flow.throttles.note(throttle.key, throttle.arrivalAt)
  draft.changes.put('throttle', { key: throttle.key, arrivalAt })
  for (const key of flow.throttles.sweep(draft.now)) draft.changes.remove('throttle', { key, arrivalAt: 0 })
}
