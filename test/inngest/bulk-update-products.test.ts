import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { db } from '@/lib/db'
import { findBulkUpdate } from '@/lib/products/bulk/find-bulk-update'
import { requestBulkUpdate } from '@/lib/products/bulk/request-bulk-update'
import { ownProduct } from '../support/product'
import { addProduct, openShop } from '../support/shop'
import { workOf } from '../support/work'

const product = ownProduct()
const { settle, runsOf } = workOf(product)

it('a bulk update that is asked for is done by its function, which tells how far it has come', async () => {
  const ann = await openShop()
  for (let n = 0; n < 3; n++) await addProduct(ann, { price: '1.00' })
  const asked = await requestBulkUpdate(ann, {
    formId: randomUUID(),
    selection: { filter: { show: 'all', search: undefined } },
    form: { kind: 'price-percent', value: '50' },
  })
  if (!asked.ok) throw new Error(asked.message)
  await settle()
  expect(await findBulkUpdate(ann, asked.bulkUpdateId)).toMatchObject({
    ...{ status: 'completed', seen: 3, changed: 3 },
    runs: [{ functionId: 'bulk-update-products', status: 'completed' }],
  })
  expect(await db().product.findMany({ select: { priceMinor: true } })).toEqual(Array(3).fill({ priceMinor: 150 }))
  expect(await runsOf('bulk-update-products')).toMatchObject([
    { record: `bulk-update/${asked.bulkUpdateId}`, progress: { step: 3, totalSteps: 3, percent: 100 } },
  ])
})

it('an update that is gone ends its run quietly', async () => {
  await product.engine().send({ name: 'products/bulk-update-requested', data: { bulkUpdateId: randomUUID() } })
  await settle()
  expect(await runsOf('bulk-update-products')).toMatchObject([{ status: 'completed' }])
})
