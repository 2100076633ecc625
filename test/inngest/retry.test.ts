import { NonRetriableError, RetryAfterError, StepError } from 'inngest'
import { describe, expect, it } from 'vitest'
import { retryable } from '@/inngest/middleware/retry'
import { retryWaitMs } from '@/inngest/retry-wait'

const at = new Date('2026-01-01T00:00:00Z')

describe('our own waits between attempts', () => {
  it('double from a second to half an hour', () => {
    const seconds = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 30].map((attempt) => retryWaitMs(attempt, 0) / 1_000)
    expect(seconds).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 1_800, 1_800])
  })

  it('are spread by up to a second', () => {
    expect(retryWaitMs(0, 0.5)).toBe(1_500)
    expect(retryWaitMs(0, 0.999)).toBeLessThan(2_000)
  })

  it('add up to more than an hour and a half over fourteen retries', () => {
    const total = Array.from({ length: 14 }, (_, attempt) => retryWaitMs(attempt, 0)).reduce((sum, wait) => sum + wait)
    expect(total / 60_000).toBeGreaterThan(90)
  })

  it('go out with the error, which keeps its words and is kept as the cause', () => {
    const error = new TypeError('no such thing')
    const thrown = retryable(error, 2, 5, at, 0.25)
    expect(thrown).toBeInstanceOf(RetryAfterError)
    expect(thrown).toMatchObject({ message: 'no such thing', cause: error, retryAfter: '2026-01-01T00:00:04.250Z' })
  })

  it('leave alone what has decided already', () => {
    const decided = [
      new NonRetriableError('never'),
      new RetryAfterError('later', 5_000),
      new StepError('s', { name: 'Error', message: 'x' }),
    ]
    for (const error of decided) expect(retryable(error, 0, 5, at, 0)).toBe(error)
  })

  it('leave the last attempt’s error unchanged, for the dead letter', () => {
    const error = new Error('boom')
    expect(retryable(error, 4, 5, at, 0)).toBe(error)
    expect(retryable('a text', 0, 5, at, 0)).toBe('a text')
  })
})
