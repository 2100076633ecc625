import { subscribe } from 'node:diagnostics_channel'
import { setTimeout as sleep } from 'node:timers/promises'
import { log } from './log'

/** How long requests under way may take to end; real time. */
const LIMIT_MS = 25_000

type Counted = { response?: { once(event: 'close', listener: () => void): void } }

/**
 * Ends the process in order: on SIGTERM, SIGINT, or when the pipe from a starter closes, `first` is done, requests
 * under way are waited for up to a limit, then `last` is done. Next would end at once, in the middle of a step.
 * @param first ends what would never end by itself.
 */
export function onShutdown({ first, last }: { first: () => void; last: () => Promise<void> }): void {
  let underWay = 0
  subscribe('http.server.request.start', (message) => {
    underWay++
    ;(message as Counted).response?.once('close', () => underWay--)
  })
  let isStopping = false
  const stop = async () => {
    if (isStopping) return
    isStopping = true
    first()
    const deadline = Date.now() + LIMIT_MS
    while (underWay > 0 && Date.now() < deadline) await sleep(25)
    if (underWay > 0) log.warn({ requests: underWay }, 'requests were cut off')
    await last().catch((error) => log.error({ err: error }, 'the end was not tidy'))
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  // A starter that was killed can't say so, but its end of the pipe closes.
  if (process.env.BACKROOM_PARENT_PIPE) process.stdin.on('close', stop).resume()
}
