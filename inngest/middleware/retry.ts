import { Middleware, NonRetriableError, RetryAfterError, StepError } from 'inngest'
import { now } from '@/lib/clock'
import { retryWaitMs } from '../retry-wait'

/**
 * Gives every retry our own growing, jittered wait, whatever server drives the function. An error that already says
 * what should become of it goes out as it is, and so does the one of the last attempt, for the dead letter.
 */
export class retryMiddleware extends Middleware.BaseMiddleware {
  readonly id = 'retry'

  override async wrapStepHandler({ ctx, next }: Middleware.WrapStepHandlerArgs) {
    return withWait(ctx, next)
  }

  override async wrapFunctionHandler({ ctx, next }: Middleware.WrapFunctionHandlerArgs) {
    return withWait(ctx, next)
  }
}

async function withWait<T>(
  { attempt, maxAttempts }: { attempt: number; maxAttempts?: number },
  next: () => Promise<T>,
): Promise<T> {
  try {
    return await next()
  } catch (error) {
    throw retryable(error, attempt, maxAttempts, now(), Math.random())
  }
}

/** The error to throw instead; the same one where a wait isn't ours to give. */
export function retryable(
  error: unknown,
  attempt: number,
  maxAttempts: number | undefined,
  at: Date,
  random: number,
): unknown {
  const isDecided = error instanceof NonRetriableError || error instanceof RetryAfterError || error instanceof StepError
  const isLast = maxAttempts !== undefined && attempt + 1 >= maxAttempts
  if (isDecided || isLast || !(error instanceof Error)) return error
  // A Date, since whole seconds would round the jitter away.
  return new RetryAfterError(error.message, new Date(at.getTime() + retryWaitMs(attempt, random)), { cause: error })
}
