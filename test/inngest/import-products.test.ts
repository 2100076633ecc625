import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { db } from '@/lib/db'
import { findImport } from '@/lib/imports/find-import'
import { storage } from '@/lib/storage'
import { bring, ownStorage } from '../support/imports'
import { ownProduct } from '../support/product'
import { openShop } from '../support/shop'
import { workOf } from '../support/work'

const product = ownProduct()
ownStorage()
const { settle, runsOf } = workOf(product)

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
