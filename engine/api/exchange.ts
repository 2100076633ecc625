import type { IncomingHttpHeaders } from 'node:http'
import type { Engine } from '../index'

/** What a route gets: one request, its path's parameters, and the engine. */
export type Exchange = {
  engine: Engine
  params: Record<string, string>
  query: URLSearchParams
  headers: IncomingHttpHeaders
  /** The body as text. Throws a Problem when it is too large or not UTF-8. */
  text: (mostBytes: number) => Promise<string>
}

/** What a route answers; a body that isn't a text goes out as JSON. `reason` goes out beside the status. */
export type Reply = { status: number; reason?: string; body?: unknown; headers?: Record<string, string> }

export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Segments; `:name` is a parameter. */
  path: string
  /** Open routes want no signing key. */
  isOpen?: boolean
  answer: (exchange: Exchange) => Promise<Reply> | Reply
}
