import { expect } from 'vitest'
import { db } from '@/lib/db'
import { drainOutbox } from '@/lib/outbox/relay'
import { ledgerWritten } from '@/lib/runs/writer'
import type { ownProduct } from './product'

/** What tests of whole pieces of work do over and over: let time go by until all is done, and look at what is there. */
export function workOf(product: ReturnType<typeof ownProduct>) {
  const settle = async (by: string | number = 0) => {
    await drainOutbox({ withinMs: 5_000 })
    expect(await product.engine().move(by)).toMatchObject({ settled: true })
    await drainOutbox({ withinMs: 5_000 })
    await ledgerWritten({ withinMs: 5_000 })
  }
  return {
    settle,
    /** Sends an event, and lets so much time go by that every retry is over. */
    happen: async (name: string, data: Record<string, unknown> = {}) => {
      const [eventId] = await product.engine().send({ name, data })
      await settle('6h')
      return eventId ?? ''
    },
    letters: () => db().deadLetter.findMany({ orderBy: [{ failedAt: 'asc' }, { id: 'asc' }] }),
    runsOf: (functionId: string) => db().run.findMany({ where: { functionId }, orderBy: { id: 'asc' } }),
  }
}
