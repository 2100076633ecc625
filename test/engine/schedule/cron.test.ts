import { describe, expect, it } from 'vitest'
import { cronProblem, jitterOf, lastTickUpTo, nextTick, tickEvent } from '@/engine/schedule/cron'

const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString())
const at = (text: string) => Date.parse(text)

describe('a cron', () => {
  it('is UTC unless it says otherwise', () => {
    expect(iso(nextTick('0 9 * * *', at('2026-11-24T09:00:00Z')))).toBe('2026-11-25T09:00:00.000Z')
    expect(iso(nextTick('TZ=America/New_York 0 9 * * *', at('2026-11-24T09:00:00Z')))).toBe('2026-11-24T14:00:00.000Z')
    expect(iso(nextTick('CRON_TZ=Asia/Kathmandu 0 9 * * *', at('2026-11-24T09:00:00Z')))).toBe(
      '2026-11-25T03:15:00.000Z',
    )
  })

  it('keeps its wall clock over a change of daylight saving', () => {
    const cron = 'TZ=America/New_York 0 9 * * *'
    expect(iso(nextTick(cron, at('2026-03-07T20:00:00Z')))).toBe('2026-03-08T13:00:00.000Z')
    expect(iso(nextTick(cron, at('2026-10-31T20:00:00Z')))).toBe('2026-11-01T14:00:00.000Z')
  })

  it('has a last tick up to and including an instant', () => {
    expect(iso(lastTickUpTo('*/15 * * * *', at('2026-11-24T09:15:00Z')))).toBe('2026-11-24T09:15:00.000Z')
    expect(iso(lastTickUpTo('*/15 * * * *', at('2026-11-24T09:14:59.999Z')))).toBe('2026-11-24T09:00:00.000Z')
  })

  it.each(['', 'x', '* * * *', '* * * * * *', '61 * * * *', 'TZ=Nowhere/Town 0 9 * * *', '0 0 30 2 *'])(
    'is refused: %j',
    (expression) => {
      expect(cronProblem(expression)).toContain('the cron')
    },
  )

  it('has an event whose id is the tick', () => {
    const [tick, now] = [at('2026-11-24T03:45:00Z'), at('2026-11-24T03:45:01Z')]
    const event = tickEvent('OWN', '*/1 * * * *', { tick, fireAt: tick, now })
    expect(event).toMatchObject({ publicId: '2026-11-24T03:45:00Z', ts: now, receivedAt: now })
    expect(JSON.parse(event.body).data).toEqual({
      cron: '*/1 * * * *',
      scheduledAt: '2026-11-24T03:45:00Z',
      fireAt: '2026-11-24T03:45:00Z',
    })
  })

  it('has an event that says when it fires where that is later than the tick', () => {
    const [tick, now] = [at('2026-11-24T03:45:00Z'), at('2026-11-24T03:45:01Z')]
    const event = tickEvent('OWN', '*/1 * * * *', { tick, fireAt: tick + 20_500, now })
    expect(event).toMatchObject({ publicId: '2026-11-24T03:45:00Z', ts: tick + 20_500, receivedAt: now })
    expect(JSON.parse(event.body).data).toMatchObject({
      scheduledAt: '2026-11-24T03:45:00Z',
      fireAt: '2026-11-24T03:45:20Z',
    })
  })

  it('is jittered alike by whoever works it out', () => {
    const jitter = jitterOf('f', 1_000, 30_000)
    expect(jitter).toBe(jitterOf('f', 1_000, 30_000))
    expect(jitter).toBeGreaterThanOrEqual(0)
    expect(jitter).toBeLessThan(30_000)
    expect(new Set(Array.from({ length: 50 }, (_, i) => jitterOf('f', i, 30_000))).size).toBeGreaterThan(40)
  })
})
