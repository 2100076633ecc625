import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Opens a server on this machine alone. @param port 0 for any free one. */
export async function openDoor(
  port: number,
  serve: RequestListener,
): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer(serve)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/**
 * True for what a page of somebody else's site may have sent, whatever name it gives this machine: no web page in
 * somebody's browser may read here, or press buttons.
 * @param ownPages true where the sandbox's own pages may send something.
 */
export function isForeign({ headers }: IncomingMessage, { ownPages = false } = {}): boolean {
  const { host = '', origin } = headers
  if (!['127.0.0.1', 'localhost'].includes(host.replace(/:\d+$/, ''))) return true
  return origin !== undefined && !(ownPages && origin === `http://${host}`)
}

/** The body as text; undefined when it is larger than it may be. */
export async function readBody(request: IncomingMessage, mostBytes: number): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length
    if (size > mostBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
