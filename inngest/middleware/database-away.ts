import { Middleware } from 'inngest'
import { isDatabaseAway } from '@/lib/db/is-away'

/** Told to the route by this header of its own answer; it goes no further. */
export const DATABASE_AWAY_HEADER = 'x-backroom-database-away'

type Answer = Awaited<ReturnType<Middleware.WrapRequestArgs['next']>>

/** The answer with the mark by which the route makes a 503 of it: the call is made again. */
export const markedAway = (answer: Answer): Answer => ({
  ...answer,
  headers: { ...answer.headers, [DATABASE_AWAY_HEADER]: 'true' },
})

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
    return this.wasAway ? markedAway(answer) : answer
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
