import { describe, expect, it } from 'vitest'
import { debounced } from '@/engine/flow/debounce'

describe('a debounce', () => {
  it('puts its start off by its period with every event', () => {
    expect(debounced({ period: 10 }, undefined, 1, 100)).toEqual({ firstAt: 100, dueAt: 110, isNewest: true })
    expect(debounced({ period: 10 }, { firstAt: 100, eventTs: 1 }, 2, 105)).toMatchObject({ firstAt: 100, dueAt: 115 })
  })

  it('puts it off no longer than its timeout after the first event', () => {
    expect(debounced({ period: 10, timeout: 12 }, { firstAt: 100, eventTs: 1 }, 2, 105).dueAt).toBe(112)
    expect(debounced({ period: 10, timeout: 5 }, undefined, 1, 100).dueAt).toBe(105)
  })

  it('keeps the event with the newest time, of two with the same the one that came last', () => {
    const pending = { firstAt: 100, eventTs: 50 }
    expect(debounced({ period: 10 }, pending, 49, 105)).toEqual({ firstAt: 100, dueAt: 115, isNewest: false })
    expect(debounced({ period: 10 }, pending, 50, 105).isNewest).toBe(true)
    expect(debounced({ period: 10 }, pending, 51, 105).isNewest).toBe(true)
  })
})
