import type { QueuedItem } from '../../model/run'
import { readDueItems, readNextDue } from '../../store/read'
import type { Dispatcher } from '../dispatcher'
import type { Operation } from '../lane'
import { HORIZON_MS } from '../queue'
import type { World } from '../world'

/**
 * Brings the items up to a new horizon into memory. It goes through the lane like any decision: so no commit can
 * slip an item in between the reading and the new horizon.
 */
export function refilled(world: World, dispatcher: Dispatcher, now: () => number): Operation<void> {
  let items: QueuedItem[] = []
  let until = 0
  return {
    name: 'refill',
    load: async () => {
      until = now() + HORIZON_MS
      items = await readDueItems(world.readers, dispatcher.queue.horizon, until)
    },
    decide: () => {
      dispatcher.queue.horizon = Math.max(dispatcher.queue.horizon, until)
      for (const item of items) dispatcher.add(item)
    },
    committed: () => dispatcher.pump(),
  }
}

/** When the next item comes due that is not in memory. Through the lane, which reads again when a connection was lost. */
export function nextDueFound(world: World, dispatcher: Dispatcher): Operation<number | null> {
  let at: number | null = null
  return {
    name: 'find next due',
    load: async () => {
      at = await readNextDue(world.readers, dispatcher.queue.horizon)
    },
    decide: () => at,
  }
}

/** Notes how far time has been moved. */
export function clockMoved(offsetMs: number): Operation<void> {
  return {
    name: 'move clock',
    decide: ({ draft }) => draft.changes.put('meta', { key: 'clock_offset_ms', value: String(offsetMs) }),
  }
}
