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

  it.each([
    ['somethingNew', { somethingNew: {} }],
    ['batchEvents.parallel', { batchEvents: { maxSize: 2, timeout: '1s', parallel: true } }],
    ['debounce.leading', { debounce: { period: '1s', leading: true } }],
  ])('is refused by name when it uses %s', (name, options) => {
    expect(() => readFunctionConfig({ ...base, ...options })).toThrow(
      new ConfigurationError(`app-fn uses ${name}, which this engine does not support`),
    )
  })

  it('reads the options of flow control', () => {
    const config = readFunctionConfig({
      ...base,
      batchEvents: { maxSize: 100, timeout: '5s', key: 'event.data.k', if: 'event.data.n > 1' },
      rateLimit: { limit: 2, period: '24h' },
      debounce: { period: '5m', timeout: '10m' },
      singleton: { mode: 'cancel', key: 'event.data.k' },
    })
    expect(config.batchEvents).toEqual({ maxSize: 100, timeout: 5_000, key: 'event.data.k', if: 'event.data.n > 1' })
    expect(config.rateLimit).toEqual({ limit: 2, period: 86_400_000 })
    expect(config.debounce).toEqual({ period: 300_000, timeout: 600_000 })
    expect(config.singleton).toEqual({ mode: 'cancel', key: 'event.data.k' })
  })

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
