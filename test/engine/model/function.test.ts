import { describe, expect, it } from 'vitest'
import { ConfigurationError, maxAttempts, readFunctionConfig } from '@/engine/model/function'

const base = {
  id: 'app-fn',
  name: 'fn',
  triggers: [{ event: 'a/b' }],
  steps: {
    step: {
      id: 'step',
      name: 'step',
      runtime: { type: 'http', url: 'http://localhost/api/inngest?fnId=app-fn&stepId=step' },
    },
  },
}

describe('a function’s configuration', () => {
  it('has five attempts where it says nothing, and one more than its retries else', () => {
    expect(maxAttempts(readFunctionConfig(base))).toBe(5)
    const step = { ...base.steps.step, retries: { attempts: 0 } }
    expect(maxAttempts(readFunctionConfig({ ...base, steps: { step } }))).toBe(1)
  })

  it('takes concurrency as a number, one limit or two', () => {
    expect(readFunctionConfig({ ...base, concurrency: 3 }).concurrency).toEqual([{ limit: 3 }])
    expect(readFunctionConfig({ ...base, concurrency: { limit: 1, key: 'event.data.k' } }).concurrency).toEqual([
      { limit: 1, key: 'event.data.k' },
    ])
    expect(readFunctionConfig({ ...base, concurrency: [{ limit: 1 }, { limit: 2 }] }).concurrency).toHaveLength(2)
  })

  it('reads durations into milliseconds', () => {
    const config = readFunctionConfig({
      ...base,
      throttle: { limit: 1, period: '1m' },
      timeouts: { start: '10s', finish: '1h' },
    })
    expect(config.throttle?.period).toBe(60_000)
    expect(config.timeouts).toEqual({ start: 10_000, finish: 3_600_000 })
  })

  it.each(['batchEvents', 'rateLimit', 'debounce', 'singleton', 'somethingNew'])(
    'is refused by name when it uses %s',
    (option) => {
      expect(() => readFunctionConfig({ ...base, [option]: {} })).toThrow(
        new ConfigurationError(`app-fn uses ${option}, which this engine does not support`),
      )
    },
  )

  it.each([
    [{ ...base, triggers: 'x' }, 'triggers'],
    [{ ...base, throttle: { limit: 1, period: 'soon' } }, 'throttle.period'],
    [{ ...base, cancel: Array.from({ length: 6 }, () => ({ event: 'x' })) }, 'cancel'],
    [{ ...base, concurrency: [{ limit: 1, scope: 'galaxy' }] }, 'concurrency'],
    [null, 'a function without an id'],
  ])('is refused, naming the option', (value, words) => {
    expect(() => readFunctionConfig(value)).toThrow(words)
  })
})
