import { expect, it } from 'vitest'
import { closeAccount } from '@/lib/accounts/close-account'
import { db } from '@/lib/db'
import { drainOutbox } from '@/lib/outbox/relay'
import { countJobs } from '@/lib/runs/count-runs'
import { ledgerWritten } from '@/lib/runs/writer'
import { actorOf } from '../support/actors'
import { signedUp } from '../support/factories'
import { ownProduct } from '../support/product'

const product = ownProduct()

const move = async (by: string) => {
  await drainOutbox({ withinMs: 5_000 })
  expect(await product.engine().move(by)).toMatchObject({ settled: true })
  await ledgerWritten({ withinMs: 5_000 })
}

/** Runs of which the ledger says otherwise than the engine. */
const differences = () => db().$queryRaw`
  SELECT run.id, run.function_id, run.status, ledger."status"::text AS told
  FROM engine.run AS run LEFT JOIN "Run" AS ledger ON ledger."id" = run.id
  WHERE CASE WHEN ledger."endedAt" IS NULL AND ledger."id" IS NOT NULL THEN 'running' ELSE ledger."status"::text END
    IS DISTINCT FROM run.status`

it('closes a cancelled run in the ledger, which says of all others, too, what the engine says', async () => {
  const ann = await signedUp()
  const bob = await signedUp()
  await move('30h')
  await closeAccount(await actorOf(ann))
  await move('1m')
  expect(await differences()).toEqual([])
  const runs = await db().run.findMany({ where: { functionId: 'onboarding-workflow' } })
  const of = (userId: string) => runs.find(({ record }) => record === `user/${userId}`)
  expect(of(ann.userId)).toMatchObject({ status: 'cancelled', isConfirmed: true, until: null, lookUpAt: null })
  expect(of(bob.userId)).toMatchObject({ status: 'sleeping', endedAt: null })
  const [recorded] = await db().run.findMany({ where: { functionId: 'record-cancellation' } })
  expect(recorded).toMatchObject({ status: 'completed', record: `run/${of(ann.userId)?.id}` })
  expect(await countJobs(['onboarding-workflow'], new Date())).toMatchObject({
    'onboarding-workflow': { waiting: 0, active: 0, delayed: 1, completed: 0, failed: 0, cancelled: 1, total: 2 },
  })
  expect(await db().awaitedRun.count()).toBe(0)
  await move('10d')
  expect(await differences()).toEqual([])
})
