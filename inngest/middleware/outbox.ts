import { Middleware } from 'inngest'
import { drainOutbox } from '@/lib/outbox/relay'

const LIMIT_MS = 2_000

/** When a call has ended, what its steps published is with the server: a host that sleeps after the answer loses nothing. */
export class outboxMiddleware extends Middleware.BaseMiddleware {
  readonly id = 'outbox'

  override async wrapRequest({ next }: Middleware.WrapRequestArgs) {
    const answer = await next()
    await drainOutbox({ withinMs: LIMIT_MS })
    return answer
  }
}
