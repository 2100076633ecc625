import { createServer, type IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { POST as signUp } from '@/app/api/accounts/route'
import { GET as health } from '@/app/api/health/route'
import * as inngest from '@/app/api/inngest/route'
import { startProcess } from '@/instrumentation-node'

/** The app without its pages: its own doors on a plain Node server, which starts in a moment after each kill. */
const doors: Record<string, (request: Request) => Promise<Response>> = {
  'POST /api/accounts': signUp,
  'GET /api/health': health,
  'POST /api/inngest': (request) => inngest.POST(request as never, {}),
  'PUT /api/inngest': (request) => inngest.PUT(request as never, {} as never),
}

function requestOf(message: IncomingMessage): Request {
  const hasBody = message.method === 'POST' || message.method === 'PUT'
  return new Request(`http://${message.headers.host}${message.url}`, {
    method: message.method ?? 'GET',
    headers: message.headers as Record<string, string>,
    ...(hasBody ? { body: Readable.toWeb(message) as ReadableStream, duplex: 'half' } : {}),
  } as RequestInit)
}

/** Set by a signal: the next answer to a call is the last thing that this process does. */
let isDoomed = false
process.on('SIGUSR2', () => {
  isDoomed = true
})

const server = createServer(async (message, response) => {
  const door = doors[`${message.method} ${message.url?.split('?')[0]}`]
  const answer = door ? await door(requestOf(message)) : new Response(null, { status: 404 })
  response.writeHead(answer.status, Object.fromEntries(answer.headers))
  const isAnswer = message.method === 'POST' && message.url?.startsWith('/api/inngest')
  response.end(Buffer.from(await answer.arrayBuffer()), () => {
    if (isDoomed && isAnswer) process.kill(process.pid, 'SIGKILL')
  })
})

await startProcess()
server.listen(Number(process.env.PORT), '127.0.0.1')
