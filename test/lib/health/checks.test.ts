import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checks } from '@/lib/health/checks'
import { judgeDatabase } from '@/lib/health/checks/database'
import { judgeLostFailures } from '@/lib/health/checks/dead-letters'
import { judgeStuckOrders } from '@/lib/health/checks/orders'
import { judgeOutbox } from '@/lib/health/checks/outbox'
import { judgeProvider } from '@/lib/health/checks/providers'
import { judgeSilentRuns, silenceLimits } from '@/lib/health/checks/runs'
import { judgeLateSchedules } from '@/lib/health/checks/schedules'
import { incidentKinds } from '@/lib/health/incident-kinds'
import { lengthWords } from '@/lib/health/words'
import { stuckOrders } from '@/lib/orders/stuck-orders'

const AT = new Date('2026-03-01T12:00:00Z')
const ago = (minutes: number) => new Date(AT.getTime() - minutes * 60_000)
const HOUR = 60

describe('the checks', () => {
  it('tell each kind of incident, and each kind is told by one of them', () => {
    expect(checks.flatMap(({ kinds }) => kinds).sort()).toEqual([...incidentKinds].sort())
  })

  it('each have a line in the operations’ documentation', () => {
    const text = readFileSync(join(import.meta.dirname, '../../../docs/operations.md'), 'utf8')
    expect(incidentKinds.filter((kind) => !text.includes(`| \`${kind}\` `))).toEqual([])
  })

  it('find a database slow beyond a second', () => {
    expect(judgeDatabase(1_000)).toEqual([])
    expect(judgeDatabase(1_300)).toMatchObject([{ kind: 'database-slow', message: 'An empty query took 1.3 seconds.' }])
  })

  it('find events that wait for more than five minutes, and those that were refused', () => {
    const fine = { pending: 2, oldestPendingAt: ago(5), parked: 0, firstParked: null }
    expect(judgeOutbox(fine, AT)).toEqual([])
    expect(judgeOutbox({ ...fine, oldestPendingAt: ago(6) }, AT)).toEqual([
      {
        ...{ kind: 'outbox-late', subject: 'outbox' },
        message: '2 events wait to be sent, the oldest for 6 minutes.',
      },
    ])
    const firstParked = { id: 'e1', name: 'order/placed', lastError: 'too large' }
    expect(judgeOutbox({ ...fine, parked: 1, firstParked }, AT)).toMatchObject([
      { kind: 'outbox-parked', message: '1 event refused. The first is order/placed (e1): too large' },
    ])
  })

  it('find runs that are silent for longer than each may be, by function', () => {
    expect(silenceLimits(AT)).toEqual({
      queuedBefore: ago(2 * HOUR),
      calledBefore: ago(HOUR),
      dueBefore: ago(30),
    })
    const silent = [{ functionId: 'send-email', amount: 3, since: ago(3 * HOUR) }]
    expect(judgeSilentRuns(silent, AT)).toEqual([
      {
        ...{ kind: 'stuck-run', subject: 'send-email' },
        message: '3 runs of send-email without news, the first for 3 hours.',
      },
    ])
  })

  it('find one thing wrong however many orders are stuck', () => {
    const order = { id: 'o1', endingAs: null, since: ago(26 * HOUR), askedAt: null, settlingSince: null }
    expect(judgeStuckOrders([], AT)).toEqual([])
    expect(judgeStuckOrders([order, { ...order, id: 'o2' }], AT)).toEqual([
      { kind: 'stuck-order', subject: 'orders', message: '2 orders stuck, the first for 26 hours: o1.' },
    ])
  })

  it('find failed runs without a letter, by function', () => {
    const runs = ['r1', 'r2'].map((id) => ({ id, functionId: 'send-email' }))
    expect(judgeLostFailures([...runs, { id: 'r3', functionId: 'process-order' }])).toMatchObject([
      { subject: 'send-email', message: '2 failed runs of send-email without a dead letter, such as r1.' },
      { subject: 'process-order', message: '1 failed run of process-order without a dead letter, such as r3.' },
    ])
  })

  it('find each schedule that is late', () => {
    const late = { scheduleId: 'daily-cleanup', slot: ago(40), lateMs: 40 * 60_000 }
    expect(judgeLateSchedules([late])).toEqual([
      {
        ...{ kind: 'late-schedule', subject: 'daily-cleanup' },
        message: 'daily-cleanup is 40 minutes late: it was due at 2026-03-01T11:20Z.',
      },
    ])
  })

  it('find a provider that does not answer', () => {
    expect(judgeProvider('mail-away', { isReachable: true })).toEqual([])
    expect(judgeProvider('payments-away', { isReachable: false, reason: 'Stripe: no' })).toEqual([
      { kind: 'payments-away', subject: 'Stripe', message: 'Stripe: no' },
    ])
  })
})

describe('an order', () => {
  const placed = { id: 'o', endingAs: null, since: ago(25 * HOUR), askedAt: null, settlingSince: null }
  const ending = { ...placed, endingAs: 'refunded', since: ago(3 * HOUR) }
  const instants = { at: AT, realAt: AT }

  it('is stuck 25 hours after it was placed, and three after its end was decided on', () => {
    expect(stuckOrders([placed, ending], instants)).toEqual([placed, ending])
    const younger = [
      { ...placed, since: ago(25 * HOUR - 1) },
      { ...ending, since: ago(3 * HOUR - 1) },
    ]
    expect(stuckOrders(younger, instants)).toEqual([])
  })

  it('is not while it is being settled, or was to be just now, unless it is told of already', () => {
    const settling = { ...ending, settlingSince: ago(10) }
    const asked = { ...ending, askedAt: ago(9) }
    expect(stuckOrders([settling, asked], instants)).toEqual([])
    expect(stuckOrders([settling, asked], instants, { isTold: true })).toEqual([settling, asked])
    const forLong = { ...ending, settlingSince: ago(3 * HOUR), askedAt: ago(3 * HOUR) }
    expect(stuckOrders([forLong], instants)).toEqual([forLong])
  })
})

describe('a length of time', () => {
  it.each([
    [60_000, '1 minute'],
    [119 * 60_000, '119 minutes'],
    [3 * 3_600_000, '3 hours'],
    [50 * 3_600_000, '2 days'],
  ])('of %i ms is %s', (ms, words) => {
    expect(lengthWords(ms)).toBe(words)
  })
})
