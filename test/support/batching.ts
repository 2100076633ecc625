import { beforeEach, expect } from 'vitest'
import type { Functions } from './engine'
import { ownEngine } from './own-engine'

type Options = { batchEvents?: object; concurrency?: number; throttle?: object; onFailure?: unknown; retries?: number }

/** An engine for each test of a file, and a function that gathers events: `batches` are their numbers, run by run. */
export function ownBatching() {
  const batches: number[][] = []

  beforeEach(() => {
    batches.length = 0
  })

  /** @param act what the function does besides noting its events. */
  const batching =
    (options: Options = {}, act: () => unknown = () => undefined): Functions =>
    (inngest) => [
      inngest.createFunction(
        {
          id: 'f',
          triggers: [{ event: 'test/go' }],
          batchEvents: { maxSize: 3, timeout: '3600s' },
          ...options,
        } as Parameters<typeof inngest.createFunction>[0],
        async ({ event, events }) => {
          batches.push(events.map((one: { data: { n: number } }) => Number(one.data.n)))
          expect(event).toEqual(events[0])
          await act()
          return events.length
        },
      ),
    ]

  // Thousands of events at once, on a machine that does other things too, take their time.
  return { ...ownEngine({ storeLimitMs: 10_000 }), batches, batching }
}

/** An event of this number. */
export const go = (n: number, more: { id?: string; ts?: number; data?: Record<string, unknown> } = {}) => ({
  name: 'test/go',
  ...more,
  data: { n, ...more.data },
})
