import { Middleware } from 'inngest'
import { isDatabaseAway } from '@/lib/db/is-away'

/** Told to the route by this header of its own answer; it goes no further. */
export const DATABASE_AWAY_HEADER = 'x-backroom-database-away'

/**
 * Marks the answer of a call that ended because our own database can't be reached. No function is to blame for that,
 * and an attempt that is counted would bring it nearer to its dead letter.
 */
export class databaseAwayMiddleware extends Middleware.BaseMiddleware {
  readonly id = 'database-away'
  // An instance serves one request.
  private wasAway = false

  override async wrapRequest({ next }: Middleware.WrapRequestArgs) {
    const answer = await next()
    return this.wasAway ? { ...answer, headers: { ...answer.headers, [DATABASE_AWAY_HEADER]: 'true' } } : answer
  }

  override async wrapStepHandler({ next }: Middleware.WrapStepHandlerArgs) {
    return this.watched(next)
  }

  override async wrapFunctionHandler({ next }: Middleware.WrapFunctionHandlerArgs) {
    return this.watched(next)
  }

  private async watched<T>(next: () => Promise<T>): Promise<T> {
    try {
      return await next()
    } catch (error) {
      this.wasAway ||= isDatabaseAway(error)
      throw error
    }
  }
}
