import { describe, expect, it } from 'vitest'
import { isMoving, mayBeCancelled, stagesOf } from '@/app/s/[slug]/orders/[publicId]/stages'
import { cancelWords, standingOf } from '@/app/s/[slug]/orders/[publicId]/words'
import type { PublicOrder } from '@/lib/orders/find-public-order'
import { isOver, orderStatuses } from '@/lib/orders/statuses'

const NOW = new Date('2026-11-25T10:00:00Z')

const order = (change: Partial<PublicOrder> = {}): PublicOrder => ({
  ...{ publicId: 'x', shopName: 'Corner Shop', number: 1001, status: 'awaitingCard', endingAs: null },
  ...{ items: [], totalMinor: 1_250, currency: 'USD', checkoutUrl: null, createdAt: NOW },
  ...{ isPlaced: false, isReserved: false, isPaid: false, isConfirmed: false, isRefunded: false },
  expiresAt: new Date(NOW.getTime() + 30 * 60_000),
  ...change,
})
const placed = { status: 'placed', isPlaced: true } as const
const confirmed = { status: 'confirmed', isPlaced: true, isReserved: true, isPaid: true, isConfirmed: true } as const

const marks = { done: '✓', yours: '?', now: '…', ahead: ' ', ended: '✗' }
const shown = (change: Partial<PublicOrder> = {}) =>
  stagesOf(order(change)).map(({ name, state }) => `${marks[state]} ${name}`)

describe('the stages of an order', () => {
  it('tick off one after the other', () => {
    expect(shown()).toEqual([
      ...['✓ Order received', '? Waiting for your card', '  Pieces set aside', '  Payment taken', '  Confirmed'],
    ])
    expect(shown(placed)).toEqual([
      ...['✓ Order received', '✓ Card saved', '… Setting the pieces aside', '  Payment taken', '  Confirmed'],
    ])
    expect(shown({ ...placed, isReserved: true }).slice(2)).toEqual([
      ...['✓ Pieces set aside', '… Taking the payment', '  Confirmed'],
    ])
    expect(shown(confirmed)).toEqual([
      ...['✓ Order received', '✓ Card saved', '✓ Pieces set aside', '✓ Payment taken', '✓ Confirmed'],
    ])
  })

  it('end where it comes to nothing, with what was done before', () => {
    expect(shown({ status: 'expired' })).toEqual(['✓ Order received', '✗ Expired'])
    expect(shown({ ...placed, status: 'outOfStock', endingAs: 'outOfStock' })).toEqual([
      ...['✓ Order received', '✓ Card saved', '✗ Sold out'],
    ])
    expect(shown({ ...placed, isReserved: true, status: 'declined', endingAs: 'declined' }).slice(2)).toEqual([
      ...['✓ Pieces set aside', '✗ Card declined'],
    ])
  })

  it('tell that an order is being undone, and that it was', () => {
    expect(shown({ ...confirmed, endingAs: 'cancelled' }).at(-1)).toBe('… Being cancelled')
    expect(shown({ ...confirmed, status: 'cancelled', endingAs: 'cancelled', isRefunded: true }).slice(4)).toEqual([
      ...['✓ Confirmed', '✓ Payment given back', '✗ Cancelled'],
    ])
    const refund = { ...confirmed, endingAs: 'refunded' } as const
    expect(shown(refund).slice(4)).toEqual(['✓ Confirmed', '… Being refunded'])
    expect(shown({ ...refund, status: 'refunded', isRefunded: true }).slice(4)).toEqual([
      ...['✓ Confirmed', '✓ Payment given back'],
    ])
  })
})

describe('an order', () => {
  it.each(orderStatuses)('that is %s moves on by itself, or may be cancelled, only while it is not over', (status) => {
    const endingAs = isOver(status) && status !== 'expired' ? status : null
    expect(isMoving({ status, endingAs })).toBe(status === 'awaitingCard' || status === 'placed')
    expect(mayBeCancelled({ status, endingAs })).toBe(!isOver(status))
    if (!isOver(status)) {
      expect(isMoving({ status, endingAs: 'cancelled' })).toBe(true)
      expect(mayBeCancelled({ status, endingAs: 'cancelled' })).toBe(false)
    }
  })

  it('has plain words for each way that it can stand', () => {
    const lines = orderStatuses.map((status) => standingOf(order({ status }), NOW).title)
    expect(new Set(lines).size).toBe(orderStatuses.length)
  })

  it('says how long a card is waited for', () => {
    const words = (minutes: number) => standingOf(order({ expiresAt: new Date(NOW.getTime() + minutes * 60_000) }), NOW)
    expect(words(30).words).toContain('another 30 minutes')
    expect(words(0.5).words).toContain('Give it now')
    expect(words(-5).words).toContain('Give it now')
  })

  it('says what becomes of the money, and nothing that may turn out wrong', () => {
    const words = (change: Partial<PublicOrder>) => standingOf(order(change), NOW).words
    const cancelled = { ...placed, endingAs: 'cancelled' } as const
    expect(words(cancelled)).toBe('If anything was charged, it is given back in full.')
    expect(words({ ...cancelled, isPaid: true })).toBe('What you paid is being given back in full.')
    expect(words({ ...cancelled, status: 'cancelled' })).toBe('Nothing was charged.')
    expect(words({ ...confirmed, status: 'refunded', endingAs: 'refunded', isRefunded: true })).toContain('given back')
    expect(words({ ...placed, endingAs: 'declined' })).toContain('Nothing was charged.')
    expect(cancelWords(order())).toBe('Nothing is charged for it.')
    expect(cancelWords(order(placed))).toContain('If anything')
    expect(cancelWords(order(confirmed))).toBe('What you paid is given back in full.')
  })
})
