import { createServer } from 'node:http'
import type { Counts } from '../workloads'

/** How work is given to a peer. */
export type Peer = {
  /** Hands in so many jobs of a load (`none`, `five`) in one go. */
  send: (load: string, count: number) => Promise<unknown>
  /** Hands in one job that notes when its first line ran. */
  sendOne: (sentAt: number) => Promise<unknown>
  /** What else the bench wants to know of it. */
  about: () => Promise<Record<string, unknown>>
  /** Leaves nothing behind where others' data is. */
  close: () => Promise<void>
}

/** Serves a peer to the bench: the same few routes whichever it is. */
export function servePeer(counts: Counts, peer: Peer): void {
  const answer = async (path: string, query: URLSearchParams): Promise<unknown> => {
    if (path === '/send') return peer.send(query.get('load') ?? '', Number(query.get('count')))
    if (path === '/send-one') return peer.sendOne(Number(query.get('sentAt')))
    if (path === '/about') return peer.about()
    if (path === '/close') return peer.close()
    return counts
  }
  createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://peer')
    answer(pathname, searchParams).then(
      (body) => response.end(JSON.stringify(body ?? null)),
      (error) => response.writeHead(500).end(String(error)),
    )
  }).listen(Number(process.env.PORT), '127.0.0.1')
  process.stdin.on('close', () => process.exit(0)).resume()
}
