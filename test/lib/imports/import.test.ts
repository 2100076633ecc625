import { beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { exportRejects } from '@/lib/imports/export-rejects'
import { cancelImport, findImport, listImports } from '@/lib/imports/find-import'
import { performImportPart } from '@/lib/imports/perform-import-part'
import { requestImport } from '@/lib/imports/request-import'
import { reserveStock } from '@/lib/stock/reserve-stock'
import { storage } from '@/lib/storage'
import { bring, importAll, inPieces, ownStorage } from '../../support/imports'
import { addOrder, addProduct, openShop, ownShopDatabase, stockAndSums } from '../../support/shop'

ownShopDatabase()
ownStorage()
let ann: Actor

beforeEach(async () => {
  ann = await openShop()
})

async function all<T>(items: AsyncIterable<T> | T[]): Promise<T[]> {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}

const products = () =>
  db().product.findMany({
    where: { accountId: ann.account.id },
    orderBy: { sku: 'asc' },
    select: { sku: true, title: true, priceMinor: true, onHand: true, updatedAt: true },
  })

const five = 'SKU,Title,Price,Stock\nA,Ale,1.50,10\nB,Bun,2,20\nC,Cup,3,0\nD,Dip,4,4\nE,Egg,5,5\n'

describe('an import', () => {
  it('adds what is new with its stock, and changes what is known by movements', async () => {
    await addProduct(ann, { sku: 'A', title: 'Old', price: '9', onHand: 3 })
    const done = await importAll(ann, five)
    expect(done).toMatchObject({ status: 'completed', rowsRead: 5, created: 4, updated: 1, unchanged: 0, bad: 0 })
    expect(await products()).toMatchObject([
      { sku: 'A', title: 'Ale', priceMinor: 150, onHand: 10 },
      { sku: 'B', title: 'Bun', priceMinor: 200, onHand: 20 },
      { sku: 'C', onHand: 0 },
      { sku: 'D', onHand: 4 },
      { sku: 'E', onHand: 5 },
    ])
    for (const line of await stockAndSums(ann)) expect(line.onHandSum).toBe(line.onHand)
    expect(await db().productImportSku.count({ where: { importId: done.id } })).toBe(0)
  })

  it('changes nothing when the same file comes twice', async () => {
    await importAll(ann, five)
    const before = [await products(), await db().stockMovement.count()]
    expect(await importAll(ann, five)).toMatchObject({ created: 0, updated: 0, unchanged: 5 })
    expect([await products(), await db().stockMovement.count()]).toEqual(before)
  })

  it('lists bad rows by number, field and reason, and takes the others', async () => {
    const stocked = await addProduct(ann, { sku: 'R', onHand: 5 })
    const orderId = await addOrder(ann)
    await db().$transaction((tx) =>
      reserveStock(tx, { accountId: ann.account.id, orderId, items: [{ productId: stocked, quantity: 4 }] }),
    )
    const csv = `\uFEFFArticle number;Name;Unit price;Qty
A;Ale;1,50;10

;Nameless;1;1
B;Bun;cheap;1
A;Again;2;2
N;;1;1
R;;;3
"Q";"Two
lines";3;x
G;Good;"1.234,50";7
X;Ex;1;1;more`
    const done = await importAll(ann, csv.replaceAll('\n', '\r\n').replace('Two\r\nlines', 'Two lines'))
    expect(done).toMatchObject({ status: 'completed', rowsRead: 9, created: 2, bad: 7 })
    expect(done.rejects.map(({ rowNumber, field }) => [rowNumber, field])).toEqual([
      [4, 'sku'],
      [5, 'price'],
      [6, 'sku'],
      [7, 'title'],
      [8, 'onHand'],
      [9, 'onHand'],
      [11, 'row'],
    ])
    expect(done.rejects.map(({ reason }) => reason)).toContain('Row 2 has this SKU already; the first one counts.')
    expect(done.rejects.map(({ reason }) => reason)).toContain('4 are reserved for orders.')
    expect(await products()).toMatchObject([
      { sku: 'A', priceMinor: 150 },
      { sku: 'G', priceMinor: 123_450 },
      { sku: 'R' },
    ])
    const lines = (await all((await exportRejects(ann, done.id)) ?? [])).join('').split('\r\n')
    expect(lines).toHaveLength(9)
    expect(lines.slice(0, 2)).toEqual(['Row,Field,Reason,Content', '4,sku,Enter an SKU., | Nameless | 1 | 1'])
  })

  it('as a dry run says the same and writes no product', async () => {
    await addProduct(ann, { sku: 'A', title: 'Old' })
    const before = await products()
    expect(await importAll(ann, five, { dryRun: true })).toMatchObject({ status: 'completed', created: 4, updated: 1 })
    expect(await products()).toEqual(before)
  })

  it('goes on where it was when a part dies in the middle, and does no part twice', async () => {
    const id = await bring(ann, five)
    await performImportPart(id, 2)
    await db().$executeRaw`
      CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'died'; END $$`
    await db().$executeRaw`
      CREATE TRIGGER die BEFORE UPDATE OF "rowsRead" ON "ProductImport" FOR EACH STATEMENT EXECUTE FUNCTION die()`
    await expect(performImportPart(id, 2)).rejects.toThrow('died')
    await db().$executeRaw`DROP FUNCTION die() CASCADE`
    expect(await products()).toHaveLength(2)
    // Two tries of the same part at once: one of them writes.
    await Promise.all([performImportPart(id, 2), performImportPart(id, 2)])
    while (!(await performImportPart(id, 2))?.isDone);
    expect(await findImport(ann, id)).toMatchObject({ rowsRead: 5, created: 5, updated: 0, unchanged: 0, bad: 0 })
    expect(await performImportPart(id, 2)).toMatchObject({ isDone: true, rowsRead: 5 })
  })

  it('ends at its owner’s wish, with what was written until then', async () => {
    const id = await bring(ann, five)
    await performImportPart(id, 2)
    expect(await cancelImport(ann, id)).toEqual({ ok: true })
    expect(await performImportPart(id, 2)).toMatchObject({ isDone: true })
    expect(await findImport(ann, id)).toMatchObject({ status: 'cancelled', rowsRead: 2 })
    expect(await cancelImport(ann, id)).toMatchObject({ ok: false })
    expect(await products()).toHaveLength(2)
  })

  it.each([
    ['no SKU', 'Title,Price\nAle,1\n', /one of them should be “SKU”/],
    ['two columns of one meaning', 'SKU,Title,Name\nA,Ale,Ale\n', /“Title” and “Name” mean the same/],
    ['nothing but blanks', ' \n\n', /The file is empty/],
    ['a quotation mark that is never closed', `SKU,Title\nA,"${'x'.repeat(300_000)}`, /never closed/],
    ['an open quotation mark at its end', 'SKU,Title,Price\nA,Ale,1\nB,"Bun', /never closed/],
  ])('of a file with %s fails with a reason', async (_, csv, problem) => {
    const done = await importAll(ann, csv)
    expect(done).toMatchObject({ status: 'failed', problem: expect.stringMatching(problem) })
  })
})

describe('a file', () => {
  const send = (content: AsyncIterable<Uint8Array>, more: { expectedBytes?: number; signal?: AbortSignal } = {}) =>
    requestImport(ann, { name: 'a.csv', dryRun: false }, { content, ...more })
  const nothingLeft = async () => {
    expect(await listImports(ann)).toEqual([])
    expect(await all(storage().list('imports'))).toEqual([])
  }
  beforeEach(() => storage().remove('imports'))

  it.each([
    ['in Latin-1', Buffer.from('SKU,Title\nA,Caf\xe9\n', 'latin1'), /UTF-8/],
    ['in UTF-16', Buffer.from('\uFEFFSKU,Title\n', 'utf16le'), /UTF-8/],
    ['that ends within a letter', Buffer.from('SKU,Title\nA,é').subarray(0, -1), /UTF-8/],
    ['without a byte', Buffer.from(''), /empty/],
  ])('%s is refused, and nothing is left of it', async (_, bytes, file) => {
    expect(await send(inPieces(bytes, 5))).toEqual({ ok: false, fields: { file: expect.stringMatching(file) } })
    await nothingLeft()
  })

  it('that has not come whole is refused', async () => {
    expect(await send(inPieces(five), { expectedBytes: 1_000 })).toMatchObject({ ok: false })
    await nothingLeft()
  })

  it('is gone once its import has ended', async () => {
    await importAll(ann, five)
    expect(await all(storage().list('imports'))).toEqual([])
  })
})

it('the owner of another shop finds nothing of an import, and ends none', async () => {
  const bob = await openShop()
  const id = await bring(ann, five)
  expect(await findImport(bob, id)).toBeNull()
  expect(await listImports(bob)).toEqual([])
  expect(await exportRejects(bob, id)).toBeNull()
  expect(await cancelImport(bob, id)).toMatchObject({ ok: false })
  for (const odd of ['', '\u0000', '../1']) expect(await findImport(ann, odd)).toBeNull()
  expect(await findImport(ann, id)).toMatchObject({ status: 'uploaded', cancelRequestedAt: null })
})
