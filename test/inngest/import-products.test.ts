import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { replayDeadLetter } from '@/lib/dead-letters/replay-dead-letters'
import { cancelImport, findImport } from '@/lib/imports/find-import'
import { sourceKey } from '@/lib/imports/source-key'
import { cancelRun } from '@/lib/runs/cancel-run'
import { storage } from '@/lib/storage'
import { operator } from '../support/factories'
import { bring, ownStorage } from '../support/imports'
import { ownProduct } from '../support/product'
import { openShop, stockAndSums } from '../support/shop'
import { workOf } from '../support/work'

const product = ownProduct()
ownStorage()
const { settle, runsOf, letters } = workOf(product)

it('a file that is brought is imported by its function, which tells how far it has come and removes the file', async () => {
  const ann = await openShop()
  const rows = Array.from({ length: 5_001 }, (_, n) => `S-${n},Thing ${n},1.50,3\n`).join('')
  const csv = `SKU,Title,Price,Stock\n${rows}`
  const id = await bring(ann, csv)
  await settle()
  expect(await findImport(ann, id)).toMatchObject({
    ...{ status: 'completed', rowsRead: 5_001, created: 5_001, bad: 0 },
    runs: [{ functionId: 'import-products', status: 'completed' }],
  })
  expect(await db().product.count({ where: { accountId: ann.account.id, onHand: 3 } })).toBe(5_001)
  expect(await storage().find(`imports/${id}/source.csv`)).toBeNull()
  const bytes = Buffer.byteLength(csv)
  expect(await runsOf('import-products')).toMatchObject([
    { record: `import/${id}`, progress: { step: bytes, totalSteps: bytes, percent: 100 } },
  ])
})

it('an import that is gone ends its run quietly', async () => {
  await product.engine().send({ name: 'import/requested', data: { importId: randomUUID() } })
  await settle()
  expect(await runsOf('import-products')).toMatchObject([{ status: 'completed' }])
})

describe('an import of several parts', () => {
  const rows = Array.from({ length: 5_001 }, (_, n) => `S-${n},Thing ${n},1.50,3\n`).join('')
  const csv = `SKU,Title,Price,Stock\n${rows}`
  const nothingLeft = async (id: string) => {
    expect(await storage().find(sourceKey(id))).toBeNull()
    expect(await db().productImportSku.count({ where: { importId: id } })).toBe(0)
  }
  /** The second part fails until it is asked for less. */
  const blockSecondPart = async () => {
    await db().$executeRaw`
      CREATE FUNCTION block() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'blocked'; END $$`
    await db().$executeRaw`
      CREATE TRIGGER block BEFORE UPDATE ON "ProductImport" FOR EACH ROW WHEN (NEW."rowsRead" > 2500) EXECUTE FUNCTION block()`
  }
  const unblock = () => db().$executeRaw`DROP FUNCTION block() CASCADE`

  it('that its owner stops ends at the next part, with what was written, and leaves nothing else', async () => {
    const ann = await openShop()
    const id = await bring(ann, csv)
    await blockSecondPart()
    await settle()
    expect(await cancelImport(ann, id)).toEqual({ ok: true })
    await unblock()
    await settle('1h')
    expect(await findImport(ann, id)).toMatchObject({
      ...{ status: 'cancelled', rowsRead: 2_500, created: 2_500 },
      runs: [{ status: 'completed' }],
    })
    expect(await db().product.count({ where: { accountId: ann.account.id, onHand: 3 } })).toBe(2_500)
    for (const line of await stockAndSums(ann)) expect(line.onHandSum).toBe(line.onHand)
    await nothingLeft(id)
  })

  it('whose run is cancelled ends with what was written, and leaves nothing else', async () => {
    const ann = await openShop()
    const id = await bring(ann, csv)
    await blockSecondPart()
    await settle()
    const [run] = await runsOf('import-products')
    expect(await cancelRun(await operator(), String(run?.id))).toEqual({ ok: true })
    await unblock()
    await settle()
    expect(await findImport(ann, id)).toMatchObject({ status: 'cancelled', rowsRead: 2_500, isStuck: false })
    await nothingLeft(id)
  })

  it('whose run has failed stays open, and goes on where it was when the dead letter is replayed', async () => {
    const ann = await openShop()
    const id = await bring(ann, csv)
    await blockSecondPart()
    await settle('6h')
    expect(await findImport(ann, id)).toMatchObject({ status: 'running', rowsRead: 2_500, isStuck: true })
    await unblock()
    const [letter] = await letters()
    expect(await replayDeadLetter(await operator(), String(letter?.id))).toMatchObject({ ok: true })
    await settle()
    expect(await findImport(ann, id)).toMatchObject({ status: 'completed', rowsRead: 5_001, created: 5_001 })
    await nothingLeft(id)
  })
})
