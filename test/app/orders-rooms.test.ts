import { describe, expect, it } from 'vitest'
import { statusWords } from '@/app/_ui/status'
import { historyOf } from '@/app/(shop)/orders/[id]/history-of'
import { isInMotion, orderMark, orderMeaning, statusName } from '@/app/(shop)/orders/words'
import { isOver, orderStatuses, settledStatuses } from '@/lib/orders/statuses'

describe('an order', () => {
  it('has a mark, a name and a sentence of its own for each of its statuses', () => {
    const standing = orderStatuses.map((status) => ({ status, endingAs: null }))
    for (const tell of [orderMark, orderMeaning, ({ status }: (typeof standing)[number]) => statusName(status)])
      expect(new Set(standing.map(tell)).size).toBe(orderStatuses.length)
    for (const each of standing) expect(statusWords).toContain(orderMark(each))
  })

  it('is in motion until it is confirmed or over, and while it is brought to its end', () => {
    const inMotion = orderStatuses.filter((status) => isInMotion({ status, endingAs: null }))
    expect(inMotion).toEqual(['awaitingCard', 'placed'])
    expect(isInMotion({ status: 'confirmed', endingAs: 'refunded' })).toBe(true)
    for (const status of settledStatuses) expect(isInMotion({ status, endingAs: status })).toBe(!isOver(status))
  })

  it('says what it is being brought to, and no longer so when it is there', () => {
    expect(orderMark({ status: 'confirmed', endingAs: 'refunded' })).toBe('refunding')
    expect(orderMark({ status: 'placed', endingAs: 'cancelled' })).toBe('cancelling')
    expect(orderMark({ status: 'placed', endingAs: 'outOfStock' })).toBe('ending')
    expect(orderMark({ status: 'outOfStock', endingAs: 'outOfStock' })).toBe('out of stock')
  })
})

it('the history of an order has its own dates and the steps of its runs, as they happened', () => {
  const at = (second: number) => new Date(second * 1_000)
  const step = { id: 's', kind: 'run', status: 'completed' as const, foundAt: at(2), startedAt: at(2), endedAt: at(3) }
  const made = { functionId: 'process-order', failedAttempts: 0, isLeftOpen: false }
  const steps = [
    {
      ...step,
      ...made,
      id: '2',
      name: 'process-payment',
      endedAt: null,
      status: 'errored' as const,
      failedAttempts: 2,
    },
    { ...step, ...made, name: 'reserve-inventory' },
    { ...step, ...made, id: '3', name: 'wait', kind: 'sleep' },
    { ...step, ...made, id: '4', name: 'settle-payment-0b7', functionId: 'settle-order', endedAt: at(8) },
  ]
  const dates = { placedAt: at(1), confirmedAt: null, cancelRequestedAt: at(7), endedAt: at(9) }
  const order = { status: 'cancelled' as const, customerName: 'Cora', createdAt: at(0), ...dates }
  expect(
    historyOf({ ...order, work: { runs: [], steps } }).map(({ words, mark, note }) => [words, mark, note]),
  ).toEqual([
    ['Ordered by Cora', undefined, undefined],
    ['A card was given', undefined, undefined],
    ['Process payment', 'retrying', '2 attempts failed'],
    ['Reserve inventory', 'completed', undefined],
    ['Cancelling was asked for', undefined, undefined],
    ['Settle payment', 'completed', undefined],
    ['Cancelled', undefined, undefined],
  ])
})
