import { expect } from 'vitest'
import { now } from '@/lib/clock'
import { db } from '@/lib/db'
import { findDeadLetter } from '@/lib/dead-letters/list-dead-letters'
import { drainOutbox } from '@/lib/outbox/relay'
import { ledgerWritten } from '@/lib/runs/writer'
import type { ownProduct } from './product'

const HOUR_MS = 3_600_000

/** What tests of whole pieces of work do over and over: let time go by until all is done, and look at what is there. */
export function workOf(product: ReturnType<typeof ownProduct>) {
  const settle = async (by: string | number = 0) => {
    await drainOutbox({ withinMs: 5_000 })
    expect(await product.engine().move(by)).toMatchObject({ settled: true })
    await drainOutbox({ withinMs: 5_000 })
    await ledgerWritten({ withinMs: 5_000 })
  }
  /** A minute past the next hour: what comes by the hour is not met by real time, which goes on while a test does. */
  const settleToAfterTheHour = () => settle(HOUR_MS - (now().getTime() % HOUR_MS) + 60_000)
  /** Sends an event, and lets so much time go by that every retry is over. */
  const happen = async (name: string, data: Record<string, unknown> = {}) => {
    await product.engine().send({ name, data })
    await settle('6h')
  }
  const letters = () => db().deadLetter.findMany({ orderBy: [{ failedAt: 'asc' }, { id: 'asc' }] })
  return {
    settle,
    settleToAfterTheHour,
    happen,
    letters,
    /** A dead letter of a run that has just failed. */
    deadLetter: async (name = 'test/code', data: Record<string, unknown> = { orderId: '1042' }) => {
      await happen(name, data)
      const letter = (await letters()).at(-1)
      if (!letter) throw new Error(`${name} has made no dead letter`)
      return letter
    },
    /** A letter as an operator sees it. */
    view: async (id: string) => {
      const found = await findDeadLetter({ isOperator: true }, id)
      if (!found) throw new Error(`there is no letter ${id}`)
      return found
    },
    runsOf: (functionId: string) => db().run.findMany({ where: { functionId }, orderBy: { id: 'asc' } }),
  }
}
