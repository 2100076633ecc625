import { beforeEach, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { cancelImport, findImport } from '@/lib/imports/find-import'
import { performImportPart } from '@/lib/imports/perform-import-part'
import { sourceKey } from '@/lib/imports/source-key'
import { sweepImports } from '@/lib/imports/sweep-imports'
import { storage } from '@/lib/storage'
import { bring, inPieces, ownStorage } from '../../support/imports'
import { addRun } from '../../support/runs'
import { openShop, ownShopDatabase } from '../../support/shop'

ownShopDatabase()
ownStorage()
let ann: Actor

beforeEach(async () => {
  await db().productImport.deleteMany()
  await storage().remove('imports')
  ann = await openShop()
})

const after = (days: number) => new Date(Date.now() + days * 24 * 3_600_000)
const begun = async () => {
  const id = await bring(ann, 'SKU,Title,Price\nA,Ale,1\nB,Bun,2\n')
  await performImportPart(id, 1)
  return id
}
const claims = () => db().productImportSku.count()
const isThere = async (id: string) => (await storage().find(sourceKey(id))) !== null

it('an import that nobody has gone on with for a week ends, and leaves neither its file nor a claimed SKU', async () => {
  const [failed, stopped] = [await begun(), await begun()]
  await addRun({ record: `import/${failed}`, status: 'failed' })
  await cancelImport(ann, stopped)
  expect(await sweepImports(after(6))).toEqual({ ended: 0, cleared: 0, files: 0 })
  expect(await findImport(ann, failed)).toMatchObject({ status: 'running', isStuck: true })
  expect(await sweepImports(after(8))).toEqual({ ended: 2, cleared: 2, files: 0 })
  expect(await findImport(ann, failed)).toMatchObject({
    status: 'failed',
    problem: expect.stringContaining('once more'),
  })
  expect(await findImport(ann, stopped)).toMatchObject({ status: 'cancelled', rowsRead: 1 })
  expect([await claims(), await isThere(failed), await isThere(stopped)]).toEqual([0, false, false])
  expect(await sweepImports(after(9))).toEqual({ ended: 0, cleared: 0, files: 0 })
})

it('an import that a run works on, or waits for, is left alone', async () => {
  const id = await begun()
  await addRun({ record: `import/${id}`, status: 'failed' })
  await addRun({ record: `import/${id}`, status: 'retrying' })
  expect(await sweepImports(after(30))).toEqual({ ended: 0, cleared: 0, files: 0 })
  expect([await claims(), await isThere(id)]).toEqual([1, true])
})

it('what an import has left behind whose run died at its very end is removed', async () => {
  const id = await begun()
  while (!(await performImportPart(id, 1))?.isDone);
  expect([await claims(), await isThere(id)]).toEqual([2, true])
  expect(await sweepImports(after(0))).toEqual({ ended: 0, cleared: 1, files: 0 })
  expect([await claims(), await isThere(id)]).toEqual([0, false])
})

it('a file without an import is removed once it is a day old', async () => {
  await storage().write(sourceKey('nobodys'), inPieces('SKU,Title\n'))
  expect(await sweepImports(after(0))).toMatchObject({ files: 0 })
  expect(await isThere('nobodys')).toBe(true)
  expect(await sweepImports(after(2))).toMatchObject({ files: 1 })
  expect(await isThere('nobodys')).toBe(false)
})
