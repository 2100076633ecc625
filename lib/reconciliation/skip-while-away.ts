import { RetryAfterError } from 'inngest'
import { ProviderAwayError } from '../payments/provider-error'

/**
 * Does something at the payment provider; what can wait for the next time ends in null, and not in a failure, where the
 * provider is still away at the last attempt.
 */
export async function skipWhileAway<T>(
  { attempt, maxAttempts = 1 }: { attempt: number; maxAttempts?: number | undefined },
  work: () => Promise<T>,
): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    const isAway = error instanceof ProviderAwayError || error instanceof RetryAfterError
    if (isAway && attempt + 1 >= maxAttempts) return null
    throw error
  }
}
