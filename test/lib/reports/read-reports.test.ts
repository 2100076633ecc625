import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { recordDeadLetter } from '@/lib/dead-letters/record-dead-letter'
import { exportReport } from '@/lib/reports/export-report'
import { findReport } from '@/lib/reports/find-report'
import { findRequestedReport, reportRequest } from '@/lib/reports/find-requested-report'
import { listReports, reportFilter } from '@/lib/reports/list-reports'
import { renderReportLetter } from '@/lib/reports/render-report-letter'
import { requestReport } from '@/lib/reports/request-report'
import { addDays } from '@/lib/time/calendar-date'
import { someFigures, storedReport } from '../../support/reports'
import { openShop, ownShopDatabase } from '../../support/shop'

ownShopDatabase()

const NOW = new Date('2026-11-26T15:00:00Z')

describe('the list of reports', () => {
  it('has those of one type, the latest period first, page by page', async () => {
    const ann = await openShop()
    for (let n = 0; n < 5; n++) await storedReport(ann, 'daily', addDays('2026-11-16', n))
    await storedReport(ann, 'weekly', '2026-11-16')
    const filter = reportFilter.parse({})
    const first = await listReports(ann, filter, 3)
    expect(first.reports.map(({ startDate }) => startDate)).toEqual(['2026-11-20', '2026-11-19', '2026-11-18'])
    expect(first.reports[0]).toMatchObject({ type: 'daily', endDate: '2026-11-20', revenueMinor: { now: 3_750 } })
    const second = await listReports(ann, { ...filter, cursor: first.nextCursor ?? '' }, 3)
    expect(second.reports.map(({ startDate }) => startDate)).toEqual(['2026-11-17', '2026-11-16'])
    expect(second.nextCursor).toBeNull()
    expect((await listReports(ann, reportFilter.parse({ type: 'weekly' }))).reports).toHaveLength(1)
  })

  it('of another shop is another one', async () => {
    const [ann, bob] = [await openShop(), await openShop()]
    await storedReport(ann, 'daily', '2026-11-20')
    expect(await listReports(bob, reportFilter.parse({}))).toEqual({ reports: [], nextCursor: null })
  })

  it.each([
    { type: 'hourly' },
    { type: ['daily', 'weekly'] },
    { cursor: '0000-01-01' },
    { cursor: '2026-02-30' },
    { cursor: '\u0000' },
    { cursor: ['2026-02-03'] },
  ])('takes %j from an address bar as if it were not there', (query) => {
    expect(reportFilter.parse(query)).toEqual({ type: 'daily' })
  })
})

describe('a report', () => {
  it('is shown to its own shop, as it was stored', async () => {
    const [ann, bob] = [await openShop(), await openShop()]
    const figures = someFigures()
    const id = await storedReport(ann, 'weekly', '2026-11-18', { figures })
    const period = { startDate: '2026-11-16', endDate: '2026-11-22' }
    expect(await findReport(ann, id)).toMatchObject({ id, type: 'weekly', ...period, figures, version: 1 })
    for (const read of [findReport, exportReport, renderReportLetter]) {
      expect(await read(bob, id)).toBeNull()
      for (const wrong of ['', '\u0000', '../x', randomUUID()]) expect(await read(ann, wrong)).toBeNull()
    }
  })

  it('that was stored before days stood beside others is read all the same', async () => {
    const ann = await openShop()
    const { daysBefore: _, ...older } = someFigures()
    const id = await storedReport(ann, 'daily', '2026-11-20', { figures: older as ReturnType<typeof someFigures> })
    expect((await findReport(ann, id))?.figures.daysBefore).toEqual([])
  })

  it('is a letter as its readers get it, but for the link that is each reader’s own', async () => {
    const ann = await openShop()
    const id = await storedReport(ann, 'daily', '2026-11-20')
    const { letter } = (await renderReportLetter(ann, id)) ?? {}
    expect(letter?.subject).toMatch(/^Corner Shop: Friday,? 20 November 2026$/)
    expect(letter?.html).toContain(`/reports/${id}/chart.png?signature=`)
    expect(letter?.html).toContain('link-hidden.invalid')
    expect(letter?.text).toContain('$37.50')
  })

  it('is a file of CSV, in which no title is taken for a formula', async () => {
    const ann = await openShop()
    const days = [1, 2].map((n) => ({ date: `2026-11-1${n + 5}`, orders: n, revenueMinor: n * 100 }))
    const figures = someFigures({
      days,
      daysBefore: [{ date: '2026-11-09', orders: 4, revenueMinor: 1 }],
      averageOrderMinor: { now: 1_250, before: null },
      bestProducts: [
        {
          productId: 'p',
          title: '=HYPERLINK("x"),',
          quantity: 3,
          revenueMinor: 3_750,
          before: { quantity: 1, revenueMinor: 1_250 },
        },
      ],
    })
    const { fileName, csv } =
      (await exportReport(ann, await storedReport(ann, 'weekly', '2026-11-16', { figures }))) ?? {}
    expect(fileName).toBe('weekly-report-2026-11-16.csv')
    expect(csv?.split('\r\n')).toEqual([
      'Part,What,In the period,In the period before',
      'Period,First day,2026-11-16,2026-11-09',
      'Period,Last day,2026-11-22,2026-11-15',
      'Figures,Orders,3,2',
      'Figures,Revenue in USD,37.50,25.00',
      'Figures,Given back in USD,0.00,0.00',
      'Figures,Average order in USD,12.50,',
      'Figures,New customers,1,0',
      'Failed work,Orders,0,0',
      'Failed work,Files of products,0,0',
      'Failed work,Pictures,0,0',
      'Orders by day,2026-11-16,1,4',
      'Revenue by day in USD,2026-11-16,1.00,0.01',
      'Orders by day,2026-11-17,2,',
      'Revenue by day in USD,2026-11-17,2.00,',
      '"Best products, pieces sold","\'=HYPERLINK(""x""),",3,1',
      '"Best products, revenue in USD","\'=HYPERLINK(""x""),",37.50,12.50',
      'Running low,Products,1,3',
      '"Running low, pieces left",Blue mug,2,',
      '',
    ])
  })
})

describe('a report that was asked for', () => {
  const asked = async () => {
    const ann = await openShop()
    const request = { type: 'daily' as const, startDate: '2026-11-20', requestId: randomUUID() }
    await requestReport(ann, { ...request, withLetter: false }, NOW)
    return { ann, request }
  }

  it('is under way until it is made, whatever was there before', async () => {
    const { ann, request } = await asked()
    const id = await storedReport(ann, 'daily', request.startDate)
    expect(await findRequestedReport(ann, request)).toEqual({ state: 'under way' })
    await db().report.update({ where: { id }, data: { requestId: request.requestId } })
    expect(await findRequestedReport(ann, request)).toEqual({ state: 'made', reportId: id })
  })

  it('is there too once a later request has replaced it', async () => {
    const { ann, request } = await asked()
    const later = { ...request, requestId: randomUUID() }
    await requestReport(ann, { ...later, withLetter: false }, NOW)
    const id = await storedReport(ann, 'daily', request.startDate, { requestId: later.requestId })
    expect(await findRequestedReport(ann, request)).toEqual({ state: 'made', reportId: id })
  })

  it('has failed where its work is a dead letter', async () => {
    const { ann, request } = await asked()
    await recordDeadLetter({
      ...{ runId: randomUUID(), functionId: 'generate-report', failedAt: NOW, error: new Error('no') },
      events: [{ name: 'report/scheduled', data: { accountId: ann.account.id, ...request } }],
    })
    expect(await findRequestedReport(ann, request)).toEqual({ state: 'failed' })
  })

  it('is not known to another shop, nor under another id', async () => {
    const [{ ann, request }, bob] = [await asked(), await openShop()]
    expect(await findRequestedReport(bob, request)).toBeNull()
    expect(await findRequestedReport(ann, { ...request, requestId: randomUUID() })).toBeNull()
  })

  it.each([{}, { type: 'daily' }, { type: 'daily', startDate: '0000-01-01', requestId: randomUUID() }])(
    'is named by no address such as %j',
    (query) => expect(reportRequest.safeParse(query).success).toBe(false),
  )
})
