import { Middleware } from 'inngest'
import { log } from '@/lib/log'

/** One line when a job starts, succeeds or fails, with the ids by which it is found again. */
export class lifecycleLog extends Middleware.BaseMiddleware {
  readonly id = 'lifecycle-log'

  override onRunStart({ ctx, fn }: Middleware.OnRunStartArgs) {
    log.info({ ...idsOf(ctx, fn), eventId: ctx.event.id }, 'job started')
  }

  override onRunComplete({ ctx, fn }: Middleware.OnRunCompleteArgs) {
    log.info(idsOf(ctx, fn), 'job succeeded')
  }

  override onRunError({ ctx, fn, error, isFinalAttempt }: Middleware.OnRunErrorArgs) {
    log.error({ ...idsOf(ctx, fn), err: error, isFinalAttempt }, 'job failed')
  }

  override onStepError({ ctx, fn, error, isFinalAttempt, stepInfo }: Middleware.OnStepErrorArgs) {
    log.warn({ ...idsOf(ctx, fn), step: stepInfo.options.id, err: error, isFinalAttempt }, 'step failed')
  }
}

function idsOf({ runId, attempt }: { runId: string; attempt: number }, fn: { id: (prefix?: string) => string }) {
  return { runId, attempt, functionId: fn.id() }
}
