import { expect, it } from 'vitest'
import { GET } from '@/app/api/reports/[id]/csv/route'
import { findActor } from '@/lib/auth/actor'
import { ORIGIN, ownApp } from '../support/app'
import { storedReport } from '../support/reports'
import { signedIn } from '../support/sessions'

ownApp()

const ask = (cookie: string, id: string) =>
  GET(new Request(`${ORIGIN}/api/reports/${id}/csv`, { headers: { host: 'localhost:3000', cookie } }))

it('a report is a file for its owner alone, and an address that names none is no such report', async () => {
  const { cookie } = await signedIn()
  const actor = await findActor(new Headers({ cookie }))
  if (!actor) throw new Error('nobody is signed in')
  const id = await storedReport(actor, 'monthly', '2026-10-07')
  const file = await ask(cookie, id)
  expect([file.status, file.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8'])
  expect(file.headers.get('content-disposition')).toBe('attachment; filename="monthly-report-2026-10-01.csv"')
  expect(await file.text()).toContain('\r\nFigures,Orders,3,2\r\n')
  expect((await ask((await signedIn()).cookie, id)).status).toBe(404)
  expect((await ask('', id)).status).toBe(401)
  for (const wrong of ['', '%00', '..%2f..', "1'--", 'x'.repeat(5_000)])
    expect((await ask(cookie, wrong)).status, wrong).toBe(404)
})
