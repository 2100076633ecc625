import { resolvePending } from '../../execution/resolve'
import { canonicalJson } from '../../model/json'
import type { Operation } from '../lane'
import type { World } from '../world'

/** A signal was sent. @returns the id of the run that waited for it; undefined where nobody did. */
export function signalled(world: World, name: string, data: unknown): Operation<string | undefined> {
  return {
    name: 'signal',
    load: () => {
      const holder = world.signals.get(name)
      return holder ? world.load([holder.runId]) : undefined
    },
    decide: ({ draft }) => {
      const holder = draft.signalHolder(name)
      const run = holder && draft.runById(holder.runId)
      if (!holder || !run) return undefined
      const memo = canonicalJson({ data: { signal: name, data: data ?? null } })
      return resolvePending(draft, run, holder.stepId, memo) ? run.id : undefined
    },
  }
}
