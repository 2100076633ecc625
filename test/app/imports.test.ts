import { Readable } from 'node:stream'
import { expect, it } from 'vitest'
import { GET } from '@/app/api/imports/[id]/rejects/route'
import { PUT } from '@/app/api/uploads/imports/route'
import { db } from '@/lib/db'
import { MOST_ROWS, TOO_MANY_ROWS } from '@/lib/imports/limit-rows'
import { performImportPart } from '@/lib/imports/perform-import-part'
import { ORIGIN, ownApp } from '../support/app'
import { inPieces, ownStorage } from '../support/imports'
import { signedIn } from '../support/sessions'

ownApp()
ownStorage()

const csv = 'SKU,Title,Price\nA,Ale,1.50\n=1+1,"",2\n'

function put(cookie: string, query: string, body: BodyInit | ReadableStream | undefined, more: RequestInit = {}) {
  const headers = { host: 'localhost:3000', cookie, ...more.headers }
  const init = { method: 'PUT', ...more, headers, ...(body && { body }), duplex: 'half' }
  return PUT(new Request(`${ORIGIN}/api/uploads/imports?${query}`, init as RequestInit))
}

const rejects = (cookie: string, id: string) =>
  GET(new Request(`${ORIGIN}/api/imports/${id}/rejects`, { headers: { host: 'localhost:3000', cookie } }))

it('a file that is put is kept with its event, and its bad rows come back to its owner as CSV', async () => {
  const { cookie, accountId } = await signedIn()
  const other = await signedIn()
  const answer = await put(cookie, 'name=a.csv', csv)
  expect(answer.status).toBe(201)
  const { importId } = (await answer.json()) as { importId: string }
  expect(await db().productImport.findUnique({ where: { id: importId } })).toMatchObject({
    ...{ accountId, fileName: 'a.csv', bytes: csv.length, isDryRun: false, status: 'uploaded' },
  })
  expect(await db().outboxEvent.findMany({ where: { name: 'import/requested' } })).toMatchObject([
    { id: `import/${importId}`, data: { importId } },
  ])
  while (!(await performImportPart(importId))?.isDone);
  const file = await rejects(cookie, importId)
  expect(file.headers.get('content-type')).toContain('text/csv')
  expect(await file.text()).toContain(
    '3,title,"No product has this SKU, and a new one needs a title.",\'=1+1 |  | 2\r\n',
  )
  expect((await rejects(other.cookie, importId)).status).toBe(404)
})

it.each([
  ['no name', '', csv, { name: expect.any(String) }],
  ['an odd dry run', 'name=a.csv&dryRun=maybe', csv, { dryRun: 'This should be true or false.' }],
  ['no body', 'name=a.csv', undefined, { file: 'The file is empty.' }],
  ['a row too many', 'name=a.csv', `SKU\n${'A\n'.repeat(MOST_ROWS + 1)}`, { file: TOO_MANY_ROWS }],
  ['a body in Latin-1', 'name=a.csv', Buffer.from('SKU\xe9', 'latin1'), { file: expect.stringContaining('UTF-8') }],
])('with %s it is refused by the name of the field, and nothing is kept', async (_, query, body, fields) => {
  const { cookie } = await signedIn()
  const answer = await put(cookie, query, body)
  expect([answer.status, await answer.json()]).toEqual([422, expect.objectContaining({ fields })])
  expect(await db().productImport.count()).toBe(0)
})

it('a file of as many rows as may be is kept', async () => {
  const { cookie } = await signedIn()
  expect((await put(cookie, 'name=a.csv', `SKU\n${'A\n'.repeat(MOST_ROWS)}`)).status).toBe(201)
})

it('a file that is said to be too large is refused before it comes, and one that breaks off leaves nothing', async () => {
  const { cookie } = await signedIn()
  const large = await put(cookie, 'name=a.csv', csv, { headers: { 'content-length': String(300 * 1024 * 1024) } })
  expect([large.status, await large.json()]).toMatchObject([
    422,
    { fields: { file: expect.stringContaining('200 MB') } },
  ])
  const abort = new AbortController()
  const endless = new ReadableStream({
    pull(controller) {
      controller.enqueue(Buffer.from('SKU,Title\n'))
      setTimeout(() => abort.abort(), 20)
    },
  })
  expect((await put(cookie, 'name=a.csv', endless, { signal: abort.signal })).status).toBe(400)
  expect(await db().productImport.count()).toBe(0)
})

it('a file is taken in pieces as they come', async () => {
  const { cookie } = await signedIn()
  const body = Readable.toWeb(Readable.from(inPieces(csv, 3))) as ReadableStream
  expect((await put(cookie, 'name=a.csv&dryRun=true', body)).status).toBe(201)
  expect(await db().productImport.findFirst()).toMatchObject({ bytes: csv.length, isDryRun: true })
})
