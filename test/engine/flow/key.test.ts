import { describe, expect, it } from 'vitest'
import { keyText, valueText } from '@/engine/flow/key'

describe('a key', () => {
  it('is the value of its expression, and empty where there is none', () => {
    const scope = { event: { data: { k: 'a', n: 1 } } }
    expect(keyText('event.data.k', scope)).toBe('"a"')
    expect(keyText('event.data.k + "-" + string(event.data.n)', scope)).toBe('"a-1"')
    expect(keyText('event.data.nothing', scope)).toBe('null')
    expect(keyText(undefined, scope)).toBe('')
  })

  it('is short, however long its value is, and another one for another value', () => {
    const [a, b] = [valueText('x'.repeat(100_000)), valueText(`${'x'.repeat(99_999)}y`)]
    expect(a.length).toBeLessThan(100)
    expect(a).not.toBe(b)
  })

  it('holds no NUL, which no text of the database can', () => {
    expect(valueText('a\u0000b')).not.toContain('\u0000')
  })
})
