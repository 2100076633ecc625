import { resolvePending } from '../../execution/resolve'
import { startRun } from '../../execution/start-run'
import { singletonKeyOf } from '../../flow/singleton'
import { isActive, type Run, type Step } from '../../model/run'
import { hasRun } from '../../store/read'
import type { Lane, Operation } from '../lane'
import type { World } from '../world'

/** What an operator asked for and can't have: `refused` says why to a program, `message` to a person. */
export type Refusal = {
  refused:
    | 'no-run'
    | 'no-step'
    | 'ended'
    | 'not-asleep'
    | 'not-ended'
    | 'not-registered'
    | 'paused'
    | 'another-is-active'
  message: string
}

const refusal = (refused: Refusal['refused'], message: string): Refusal => ({ refused, message })

/** Ends a run's sleep now. */
export function sleepSkipped(world: World, runId: string, stepId: string): Operation<Refusal | undefined> {
  return {
    name: 'skip sleep',
    load: () => world.load([runId]),
    decide: ({ draft }) => {
      const run = draft.runById(runId)
      if (!run) return refusal('no-run', `there is no run ${runId}`)
      const step = run.steps.get(stepId)
      if (!step) return refusal('no-step', `the run ${runId} has no step ${stepId}`)
      if (!isActive(run)) return refusal('ended', `the run ${runId} has ended`)
      if (step.op !== 'Sleep' || step.status !== 'pending')
        return refusal('not-asleep', `the step "${step.name}" is not asleep`)
      resolvePending(draft, run, stepId, 'null')
    },
  }
}

/**
 * Starts a run anew for the same events, from its beginning or from one of its steps: it then keeps the results of
 * all that was done before that step. A run that was removed for its age is gone, whatever memory holds.
 */
export function startAgain(
  { world, lane }: { world: World; lane: Lane },
  runId: string,
  fromStep?: string,
): Promise<Refusal | { runId: string }> {
  return world.endedRuns.run(() => lane.submit(rerun(world, runId, fromStep)))
}

function rerun(world: World, runId: string, fromStep?: string): Operation<Refusal | { runId: string }> {
  let isStored = false
  return {
    name: 'rerun',
    load: async () => {
      const [found] = await Promise.all([hasRun(world.readers, runId), world.load([runId])])
      isStored = found
    },
    decide: ({ draft }) => {
      const run = isStored ? draft.runById(runId) : undefined
      const [event] = run?.events ?? []
      if (!run || !event) return refusal('no-run', `there is no run ${runId}`)
      if (isActive(run)) return refusal('not-ended', `the run ${runId} has not ended; cancel it first`)
      const fn = draft.functionById(run.functionId)
      if (!fn?.isActive) return refusal('not-registered', `the function ${run.functionId} is not registered any more`)
      if (draft.isPaused(fn.id)) return refusal('paused', `the function ${fn.id} is paused`)
      const kept = fromStep === undefined ? [] : stepsBefore(run, fromStep)
      if (!kept) return refusal('no-step', `the run ${runId} has no step ${fromStep}`)
      const key = singletonKeyOf(fn, () => ({ event: JSON.parse(event.body) }))
      if (key !== null && draft.flow.singletons.holderOf(key) !== undefined)
        return refusal('another-is-active', `another run of ${fn.id} is active, and there may be one only`)
      const { events, batchId } = run
      const again = startRun(draft, fn, batchId === null ? { event } : { events, batchId })
      for (const step of kept) draft.saveStep(again, { ...step, runId: again.id })
      return { runId: again.id }
    },
  }
}

/** What was done before a step, in the order in which it was done; all that was done, where the step itself was not. */
function stepsBefore(run: Run, stepId: string): Step[] | undefined {
  const from = run.steps.get(stepId)
  if (!from) return undefined
  const place = from.place ?? Number.POSITIVE_INFINITY
  return [...run.steps.values()].filter((step) => step.status === 'done' && (step.place ?? 0) < place)
}
