import { AsyncLocalStorage } from 'node:async_hooks'
import { createServer, type IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'

/** What answers a request, by `METHOD /path`; `*` in it is any one segment. */
export type Doors = Record<string, (request: Request) => Promise<Response>>

const arrivals = new AsyncLocalStorage<number>()

/** When the request that this code works for came in: milliseconds of the machine's clock. */
export function arrivedAt(): number {
  return arrivals.getStore() ?? Number.NaN
}

/**
 * An app without its pages: doors on a plain Node server at PORT, which starts in a moment after each kill. SIGUSR2
 * dooms the process: the next answer to a call is the last thing that it does.
 */
export function openDoors(doors: Doors): void {
  let isDoomed = false
  process.on('SIGUSR2', () => {
    isDoomed = true
  })
  const server = createServer((message, response) =>
    arrivals.run(Date.now(), async () => {
      const door = doorFor(doors, `${message.method} ${message.url?.split('?')[0]}`)
      const answer = door ? await door(requestOf(message)) : new Response(null, { status: 404 })
      response.writeHead(answer.status, Object.fromEntries(answer.headers))
      const isAnswer = message.method === 'POST' && message.url?.startsWith('/api/inngest')
      response.end(Buffer.from(await answer.arrayBuffer()), () => {
        if (isDoomed && isAnswer) process.kill(process.pid, 'SIGKILL')
      })
    }),
  )
  server.listen(Number(process.env.PORT), '127.0.0.1')
}

function doorFor(doors: Doors, asked: string): Doors[string] | undefined {
  const segments = asked.split('/')
  const fits = (name: string) => {
    const parts = name.split('/')
    return parts.length === segments.length && parts.every((part, i) => part === '*' || part === segments[i])
  }
  return Object.entries(doors).find(([name]) => fits(name))?.[1]
}

function requestOf(message: IncomingMessage): Request {
  const hasBody = message.method === 'POST' || message.method === 'PUT'
  return new Request(`http://${message.headers.host}${message.url}`, {
    method: message.method ?? 'GET',
    headers: message.headers as Record<string, string>,
    ...(hasBody ? { body: Readable.toWeb(message) as ReadableStream, duplex: 'half' } : {}),
  } as RequestInit)
}
