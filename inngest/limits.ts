import { NonRetriableError, RetryAfterError } from 'inngest'

/**
 * Functions that call a provider sit out an outage of it: 14 retries are about two hours of our growing waits, and a
 * finish timeout far beyond that ends only what is stuck.
 */
export const PROVIDER_RETRIES = { retries: 14 } as const

/**
 * Resend takes two calls a second, whatever is in them; who has agreed on more with it says so. Functions are defined before
 * the environment is checked, which is what `lib/env` does with the same variable.
 */
export const PROVIDER_CALLS = { limit: callsPerSecond(process.env.RESEND_CALLS_PER_SECOND), period: '1s' } as const

function callsPerSecond(text: string | undefined): number {
  const calls = Number(text)
  return Number.isInteger(calls) && calls > 0 ? calls : 2
}

type Try = { attempt: number; maxAttempts?: number | undefined; waitMs: number; now: () => Date }

/**
 * Gives a step's retries the same wait each time, instead of the growing one that all others have. An error that says
 * itself what should become of it goes out as it is, and so does the one of the last attempt.
 */
export async function withSteadyRetry<T>(
  { attempt, maxAttempts, waitMs, now }: Try,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const isDecided = error instanceof NonRetriableError || error instanceof RetryAfterError
    const isLast = maxAttempts !== undefined && attempt + 1 >= maxAttempts
    if (isDecided || isLast || !(error instanceof Error)) throw error
    throw new RetryAfterError(error.message, new Date(now().getTime() + waitMs), { cause: error })
  }
}
