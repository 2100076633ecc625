import { describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { publish } from '@/lib/outbox/publish'
import { drainOutbox } from '@/lib/outbox/relay'
import { signedUp } from '../support/factories'
import { ownProduct } from '../support/product'
import { withDatabase } from '../support/with-database'
import { workOf } from '../support/work'

const product = ownProduct()
const { settle } = workOf(product)

/** Nobody can write which runs are awaited while it holds them. */
const whileAwaitedRunsAreHeld = (act: () => Promise<void>) =>
  withDatabase(product.databaseUrl(), async (client) => {
    await client.query('BEGIN')
    await client.query('LOCK TABLE "AwaitedRun" IN ACCESS EXCLUSIVE MODE')
    await act()
  })

describe('an event whose runs the ledger could not be told to await', () => {
  it('does not count as sent, and goes out again when it can, to start nothing twice', async () => {
    const { userId, email } = await signedUp()
    await settle()
    const event = () => db().outboxEvent.findUniqueOrThrow({ where: { id: 'once-more' } })
    await whileAwaitedRunsAreHeld(async () => {
      await db().$transaction((tx) => publish(tx, { name: 'user/created', id: 'once-more', data: { userId, email } }))
      expect(await drainOutbox({ withinMs: 10_000 })).toBe(false)
      expect(await event()).toMatchObject({ status: 'pending', lastError: 'the run ledger could not be written' })
    })

    await db().outboxEvent.update({ where: { id: 'once-more' }, data: { nextTryAt: new Date() } })
    await settle()
    expect(await event()).toMatchObject({ status: 'sent', attempts: 2 })
    const runs = await db().run.findMany({ where: { eventId: 'once-more' }, select: { functionId: true } })
    expect(runs.map(({ functionId }) => functionId).sort()).toEqual(['onboarding-workflow', 'send-welcome-email'])
  })
})
