import { describe, expect, it } from 'vitest'
import { POST } from '@/app/api/uploads/images/batch/route'
import { PUT } from '@/app/api/uploads/images/route'
import { GET } from '@/app/images/[id]/[width]/route'
import { findActor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { beginProcessing } from '@/lib/images/begin-processing'
import { finishProcessing } from '@/lib/images/finish-processing'
import { performOperation } from '@/lib/images/perform-operation'
import { ORIGIN, ownApp } from '../support/app'
import { post } from '../support/doors'
import { ownFiles, picture, storedKeys } from '../support/pictures'
import { signedIn } from '../support/sessions'
import { addProduct } from '../support/shop'

ownApp()
ownFiles()

async function shop() {
  const { cookie } = await signedIn()
  const actor = await findActor(new Headers({ cookie }))
  if (!actor) throw new Error('nobody is signed in')
  return { cookie, productId: await addProduct(actor) }
}

async function put(query: string, body: Uint8Array, headers: Record<string, string>) {
  const url = `${ORIGIN}/api/uploads/images?${query}`
  const all = { host: 'localhost:3000', ...headers }
  const answer = await PUT(new Request(url, { method: 'PUT', body: body as BodyInit, headers: all }))
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}
const get = (id: string, width: string, headers: Record<string, string> = {}) =>
  GET(new Request(`${ORIGIN}/images/${id}/${width}`, { headers }), { params: Promise.resolve({ id, width }) })

describe('the door for pictures', () => {
  it('takes one in, for its product', async () => {
    const { cookie, productId } = await shop()
    const answer = await put(`product=${productId}&operations=resize,watermark`, await picture(), { cookie })
    expect(answer).toMatchObject({ status: 201, body: { imageId: expect.any(String) } })
    expect(await db().productImage.findMany()).toMatchObject([{ operations: ['resize', 'watermark'], width: 2000 }])
  })

  it('names what is wrong, and keeps nothing of it', async () => {
    const { cookie, productId } = await shop()
    const bytes = await picture({ width: 40, height: 40 })
    const wrong: [query: string, body: Uint8Array, headers: Record<string, string>, status: number, field?: string][] =
      [
        [`product=${productId}`, bytes, {}, 401],
        [`product=${productId}`, bytes, { cookie, origin: 'https://other.example' }, 403],
        ['', bytes, { cookie }, 422, 'product'],
        ['product=%00', bytes, { cookie }, 404, 'product'],
        [`product=${productId}&operations=paint`, bytes, { cookie }, 422, 'operations'],
        [`product=${productId}&operations=resize,resize`, bytes, { cookie }, 422, 'operations'],
        [`product=${productId}&operations=`, bytes, { cookie }, 422, 'operations'],
        [`product=${productId}&hold=yes`, bytes, { cookie }, 422, 'hold'],
        [`product=${productId}`, Buffer.from('no picture'), { cookie }, 422, 'body'],
        [`product=${productId}`, bytes, { cookie, 'content-length': '99999999' }, 413, 'body'],
      ]
    for (const [query, body, headers, status, field] of wrong) {
      const answer = await put(query, body, headers)
      expect(answer.status, query).toBe(status)
      if (field) expect(Object.keys(answer.body.fields as object), query).toEqual([field])
    }
    const other = await shop()
    expect(await put(`product=${productId}`, bytes, { cookie: other.cookie })).toMatchObject({ status: 404 })
    expect(await storedKeys()).toEqual([])
    expect(await db().productImage.count()).toBe(0)
  })

  it('holds many, until all are asked for in one batch', async () => {
    const { cookie, productId } = await shop()
    const bytes = await picture({ width: 40, height: 40 })
    const imageIds: unknown[] = []
    for (let n = 0; n < 3; n++)
      imageIds.push((await put(`product=${productId}&hold=1`, bytes, { cookie })).body.imageId)
    expect(await db().outboxEvent.count({ where: { name: 'image/uploaded' } })).toBe(0)
    expect(await post(POST, { imageIds })).toMatchObject({ status: 401 })
    expect(await post(POST, { imageIds: 'all' }, { cookie })).toMatchObject({ status: 422 })
    expect(await post(POST, { imageIds }, { cookie })).toMatchObject({ status: 202 })
    expect(await db().outboxEvent.count({ where: { name: 'image/uploaded' } })).toBe(3)
  })
})

describe('a picture’s address', () => {
  it('serves whole files for ever, and only once the picture is ready', async () => {
    const { cookie, productId } = await shop()
    const { body } = await put(`product=${productId}`, await picture(), { cookie })
    const imageId = String(body.imageId)
    await beginProcessing(imageId)
    await performOperation({ imageId, operations: ['resize'], index: 0 })
    expect((await get(imageId, '320')).status).toBe(404)
    await finishProcessing(imageId, ['resize'])
    const answer = await get(imageId, '500')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toContain('immutable')
    expect((await answer.arrayBuffer()).byteLength).toBe(Number(answer.headers.get('content-length')))
    const etag = answer.headers.get('etag') ?? ''
    expect((await get(imageId, '500', { 'if-none-match': etag })).status).toBe(304)
    for (const odd of ['0', '-1', 'x', '320.webp', '999999']) expect((await get(imageId, odd)).status, odd).toBe(404)
    expect((await get('..%2f', '320')).status).toBe(404)
  })
})
