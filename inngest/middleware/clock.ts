import { Middleware } from 'inngest'
import { learnOffset, now } from '@/lib/clock'
import { canTimeMove } from '@/lib/engine-api'

const HEADER = 'x-engine-clock-offset-ms'

/** Learns with every call how far the engine's clock was moved (other servers send no such header), and dates events by it. */
export class clockMiddleware extends Middleware.BaseMiddleware {
  readonly id = 'clock'

  // An instance serves one request.
  private offset: string | undefined

  override async wrapRequest({ next, requestArgs }: Middleware.WrapRequestArgs) {
    this.offset = headerOf(requestArgs)
    return next()
  }

  /** Only here is the call's signature known to be right: time is not moved by whoever sends a header. */
  override transformFunctionInput(arg: Middleware.TransformFunctionInputArgs) {
    if (this.offset && canTimeMove()) learnOffset(Number(this.offset))
    return arg
  }

  /** What is sent happens at business time; the SDK would take the machine's, which may be days behind. */
  override transformSendEvent(arg: Middleware.TransformSendEventArgs) {
    const ts = now().getTime()
    return { ...arg, events: arg.events.map((event) => ({ ...event, ts: event.ts ?? ts })) }
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
