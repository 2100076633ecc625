import { expect, it } from 'vitest'
import { GET } from '@/app/api/orders/export/route'
import { findActor } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { ORIGIN, ownApp } from '../support/app'
import { signedIn } from '../support/sessions'
import { addOrder } from '../support/shop'

ownApp()

const ask = (cookie: string, query = '') =>
  GET(new Request(`${ORIGIN}/api/orders/export${query}`, { headers: { host: 'localhost:3000', cookie } }))

it('the orders of a shop are exported for its owner, as the list shows them', async () => {
  const { cookie } = await signedIn()
  const actor = await findActor(new Headers({ cookie }))
  if (!actor) throw new Error('nobody is signed in')
  const [ann, zoe] = [await addOrder(actor), await addOrder(actor)]
  await db().order.update({ where: { id: ann }, data: { customerName: 'Ann' } })
  await db().order.update({ where: { id: zoe }, data: { customerName: 'Zoë', status: 'expired', endedAt: new Date() } })
  const file = await ask(cookie)
  expect([file.status, file.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8'])
  expect(file.headers.get('content-disposition')).toBe('attachment; filename="orders.csv"')
  const names = (text: string) => text.match(/Ann|Zoë|Cora/g)
  expect(names(await file.text())).toEqual(['Zoë', 'Ann'])
  expect(names(await (await ask(cookie, '?status=expired')).text())).toEqual(['Zoë'])
  expect(names(await (await ask(cookie, '?search=ann')).text())).toEqual(['Ann'])
  expect(names(await (await ask(cookie, '?status=nonsense&search=%00&cursor=x')).text())).toEqual(['Zoë', 'Ann'])
  const other = await signedIn()
  expect((await (await ask(other.cookie)).text()).split('\r\n')).toHaveLength(2)
  expect((await ask('')).status).toBe(401)
})
