import { z } from 'zod'
import { hashedKey } from './engine-api'
import { env } from './env'

const LIMIT_MS = 5_000

/** A run as the server tells of it. */
export type ServerRun = {
  runId: string
  /** The server's own id of the function. */
  functionServerId: string
  status: 'Running' | 'Completed' | 'Failed' | 'Cancelled'
  startedAt: Date
  endedAt: Date | null
  output: unknown
}

/** The server can't be asked now; it may be asked again. */
export class ServerAwayError extends Error {
  override name = 'ServerAwayError'
}

const instant = z.string().transform((text) => new Date(text))
const run = z
  .object({
    run_id: z.string(),
    function_id: z.string(),
    status: z.enum(['Running', 'Completed', 'Failed', 'Cancelled']),
    run_started_at: instant,
    ended_at: instant.nullish(),
    // One that is under way has none.
    output: z.unknown().optional(),
  })
  .transform(
    ({ run_id, function_id, status, run_started_at, ended_at, output }): ServerRun => ({
      ...{ runId: run_id, functionServerId: function_id, status, output },
      ...{ startedAt: run_started_at, endedAt: ended_at ?? null },
    }),
  )

/**
 * `GET /v1/runs/{id}`
 * @returns null when the server knows no such run.
 * @throws ServerAwayError
 */
export async function findServerRun(runId: string): Promise<ServerRun | null> {
  const { status, body } = await ask('GET', `/v1/runs/${encodeURIComponent(runId)}`)
  // The official dev server answers 200 with a failure inside where it knows no such run.
  if (status === 404 || (body?.data === undefined && body?.status === 500)) return null
  return read(run, body?.data, status)
}

/**
 * `GET /v1/events/{id}/runs`. Our engine also tells of the runs that the same event started when it was sent before: a
 * process that dies after sending sends again, under another of the server's ids. Other servers pass over `repeats`.
 * @param serverEventId the server's own id of the event.
 * @throws ServerAwayError
 */
export async function listServerRuns(serverEventId: string): Promise<ServerRun[]> {
  const { status, body } = await ask('GET', `/v1/events/${encodeURIComponent(serverEventId)}/runs?repeats=true`)
  return status === 404 ? [] : read(z.array(run), body?.data ?? [], status)
}

/**
 * `DELETE /v1/runs/{id}`: cancels.
 * @returns false when the server knows no such run.
 * @throws ServerAwayError
 */
export async function cancelServerRun(runId: string): Promise<boolean> {
  const { status } = await ask('DELETE', `/v1/runs/${encodeURIComponent(runId)}`)
  if (status === 404) return false
  if (status < 200 || status >= 300) throw new ServerAwayError(`The server has answered ${status}.`)
  return true
}

/** The address of the server's REST API: the embedded engine's, the dev server's, or Inngest Cloud's. */
export function serverUrl(): string {
  const { dev, baseUrl } = env().inngest
  if (dev?.startsWith('http')) return dev
  return baseUrl ?? (dev ? 'http://127.0.0.1:8288' : 'https://api.inngest.com')
}

type Answer = { status: number; body: { data?: unknown; status?: unknown } | undefined }

async function ask(method: string, path: string): Promise<Answer> {
  const { signingKey } = env().inngest
  const headers = new Headers(signingKey ? { authorization: `Bearer ${hashedKey(signingKey)}` } : {})
  try {
    const response = await fetch(new URL(path, serverUrl()), { method, headers, signal: AbortSignal.timeout(LIMIT_MS) })
    const text = await response.text()
    if (response.status >= 500 || response.status === 401) throw new Error(`it has answered ${response.status}`)
    return { status: response.status, body: text ? JSON.parse(text) : undefined }
  } catch (error) {
    throw new ServerAwayError(`The server could not be asked: ${error instanceof Error ? error.message : error}`)
  }
}

function read<Schema extends z.ZodType>(schema: Schema, value: unknown, status: number): z.infer<Schema> {
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new ServerAwayError(`The server has answered ${status}, and nothing that can be read.`)
  return parsed.data
}
