import { NonRetriableError, RetryAfterError } from 'inngest'
import { expect, it } from 'vitest'
import { withSteadyRetry } from '@/inngest/limits'

const at = new Date('2026-01-01T00:00:00Z')
const attemptThat = (error: unknown, attempt: number) =>
  withSteadyRetry({ attempt, maxAttempts: 5, waitMs: 5_000, now: () => at }, () => Promise.reject(error)).catch(
    (thrown: unknown) => thrown,
  )

it('a steady retry comes after the same wait each time, but for what is decided and for the last attempt', async () => {
  const error = new Error('the disk is full')
  for (const attempt of [0, 3]) {
    const thrown = (await attemptThat(error, attempt)) as RetryAfterError
    expect(thrown).toBeInstanceOf(RetryAfterError)
    expect(thrown.retryAfter).toBe('2026-01-01T00:00:05.000Z')
    expect(thrown.cause).toBe(error)
  }
  expect(await attemptThat(error, 4)).toBe(error)
  const decided = new NonRetriableError('never')
  expect(await attemptThat(decided, 0)).toBe(decided)
})
