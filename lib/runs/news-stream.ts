import { followRuns } from './live'

/** A comment so often keeps proxies from closing a quiet stream. */
const HEARTBEAT_MS = 20_000
/** However much happens, a page is told at most so often. */
const GATHER_MS = 250

type Streams = { open: Set<() => void>; isEnding: boolean }

// On globalThis: instrumentation ends what routes have opened.
const shared = globalThis as typeof globalThis & { backroomNews?: Streams }
shared.backroomNews ??= { open: new Set(), isEnding: false }
const streams: Streams = shared.backroomNews

/** Ends every stream, and opens no more: a process that stops waits for all that it has open. */
export function endNewsStreams(): void {
  streams.isEnding = true
  for (const end of streams.open) end()
}

/** Opens streams again; for tests, in which a process stops many times. */
export function reopenNewsStreams(): void {
  streams.isEnding = false
}

/**
 * News of runs as server-sent events. Each event names the runs that have some; an empty list means that news may have
 * been missed, as before the stream began: so it is the first. The page then reads what it shows anew.
 * @param runId only this run's news; of all runs where it is not given.
 * @param signal ends the stream, with the request.
 * @returns null when this process is about to stop.
 */
export function newsStream(runId: string | null, signal: AbortSignal): ReadableStream<Uint8Array> | null {
  if (streams.isEnding) return null
  let end = () => {}
  return new ReadableStream({
    start(controller) {
      end = follow(runId, controller)
      streams.open.add(end)
      signal.addEventListener('abort', end, { once: true })
      // One who went before the stream began fires no more.
      if (signal.aborted) end()
    },
    cancel: () => end(),
  })
}

function follow(runId: string | null, controller: ReadableStreamDefaultController<Uint8Array>): () => void {
  const encoder = new TextEncoder()
  const send = (text: string) => controller.enqueue(encoder.encode(text))
  const gathered = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  const tell = () => {
    timer = undefined
    send(`data: ${JSON.stringify({ runIds: [...gathered] })}\n\n`)
    gathered.clear()
  }
  const unfollow = followRuns((runIds) => {
    if (runId && runIds.size > 0 && !runIds.has(runId)) return
    if (!runId) for (const id of runIds) gathered.add(id)
    timer ??= setTimeout(tell, GATHER_MS)
  })
  const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS)
  send('retry: 1000\n\n')
  const end = () => {
    if (!streams.open.delete(end)) return
    unfollow()
    clearInterval(heartbeat)
    clearTimeout(timer)
    try {
      controller.close()
    } catch {
      // The reader has gone already.
    }
  }
  return end
}
