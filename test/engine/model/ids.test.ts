import { describe, expect, it } from 'vitest'
import { newId, seededIds, uuidOf } from '@/engine/model/ids'

const seed = `1767225600000,${Buffer.alloc(10, 7).toString('base64')}`

describe('ids', () => {
  it('sort by their making, even within one millisecond', () => {
    const ids = Array.from({ length: 100 }, () => newId(1_767_225_600_000))
    expect([...ids].sort()).toEqual(ids)
    expect(new Set(ids).size).toBe(100)
  })

  it('are the same for the same seed, and differ by place', () => {
    const ids = seededIds(seed, 3)
    expect(ids).toEqual(seededIds(seed, 3))
    expect(new Set(ids).size).toBe(3)
    for (const id of ids ?? []) expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/)
  })

  it.each([undefined, '', 'x,y', '12', `-1,${'A'.repeat(16)}`, '5,AA=='])(
    'come from no seed that is none: %j',
    (header) => {
      expect(seededIds(header, 1)).toBeUndefined()
    },
  )

  it('stand for a function as a stable UUID', () => {
    expect(uuidOf('app-fn')).toBe(uuidOf('app-fn'))
    expect(uuidOf('app-fn')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})
