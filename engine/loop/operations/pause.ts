import type { Operation } from '../lane'
import type { World } from '../world'

/**
 * Holds a function back, or lets it go again. Events that come meanwhile pass it by; what it had begun before (runs,
 * batches, starts that were put off) waits.
 */
export function paused(world: World, functionId: string, isPaused: boolean): Operation<void> {
  return {
    name: isPaused ? 'pause' : 'resume',
    decide: ({ draft }) => {
      const known = world.pauses.get(functionId)
      if (isPaused === (known !== undefined)) return
      const pause = known ?? { functionId, pausedAt: draft.now }
      if (isPaused) {
        world.pauses.set(functionId, pause)
        draft.changes.put('pause', pause)
      } else {
        world.pauses.delete(functionId)
        draft.changes.remove('pause', pause)
      }
    },
    committed: () => {
      if (!isPaused) world.release()
    },
  }
}
