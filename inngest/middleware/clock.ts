import { Middleware } from 'inngest'
import { learnOffset } from '@/lib/clock'

const HEADER = 'x-engine-clock-offset-ms'

/** Learns with every call how far the engine's clock was moved; other servers send no such header. */
export class clockMiddleware extends Middleware.BaseMiddleware {
  readonly id = 'clock'

  override async wrapRequest({ next, requestArgs }: Middleware.WrapRequestArgs) {
    const offset = headerOf(requestArgs)
    if (offset) learnOffset(Number(offset))
    return next()
  }
}

/** The framework's request, wherever it stands: a WHATWG one under Next, Node's own in a plain server. */
function headerOf(requestArgs: readonly unknown[]): string | undefined {
  for (const arg of requestArgs) {
    if (typeof arg !== 'object' || arg === null || !('headers' in arg)) continue
    const { headers } = arg
    if (headers instanceof Headers) return headers.get(HEADER) ?? undefined
    const value = (headers as Record<string, unknown> | null)?.[HEADER]
    return typeof value === 'string' ? value : undefined
  }
  return undefined
}
