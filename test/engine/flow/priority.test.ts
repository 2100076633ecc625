import { describe, expect, it } from 'vitest'
import { priorityOf } from '@/engine/flow/priority'
import { registered } from '../../support/functions'

const scope = { event: { data: { urgent: true, n: 30 } } }
const priority = (run: string) => priorityOf(registered({ id: 'f', priority: { run } }).config, scope)

describe('a priority', () => {
  it('is so many seconds, as the expression says', () => {
    expect(priority('event.data.n')).toBe(30)
    expect(priority('event.data.urgent ? 600 : 0')).toBe(600)
  })

  it('is held between -600 and 600', () => {
    expect(priority('event.data.n * 1000')).toBe(600)
    expect(priority('0 - event.data.n * 1000')).toBe(-600)
  })

  it('is none where it can’t be worked out', () => {
    expect(priority('event.data.missing')).toBe(0)
    expect(priority('event.name + 1')).toBe(0)
    expect(priorityOf(registered({ id: 'f' }).config, scope)).toBe(0)
  })
})
