import pg from 'pg'

const TIMESTAMPTZ = 1184
const INT8 = 20

/** Instants are read as milliseconds, the engine's own unit. */
function parserFor(oid: number, format?: 'text' | 'binary') {
  if (oid === TIMESTAMPTZ) return (text: string) => Date.parse(text)
  if (oid === INT8) return Number
  return pg.types.getTypeParser(oid, format as 'text')
}

const options = (connectionString: string) => ({
  connectionString,
  application_name: 'backroom-engine',
  keepAlive: true,
  types: { getTypeParser: parserFor as typeof pg.types.getTypeParser },
})

/** How the engine reaches its database. */
export type Connect = { writer: typeof connectWriter; readers: typeof connectReaders }

/** A pool for reads; they see committed state only. */
export function connectReaders(url: string, size: number): pg.Pool {
  const pool = new pg.Pool({ ...options(url), max: size })
  // An idle connection that breaks is replaced at its next use; without a listener the process would end.
  pool.on('error', () => {})
  return pool
}

/** The one connection that writes. */
export async function connectWriter(url: string): Promise<pg.Client> {
  const client = new pg.Client(options(url))
  client.on('error', () => {})
  await client.connect()
  return client
}

export const realConnections: Connect = { writer: connectWriter, readers: connectReaders }

/** True where the connection, not the statement, is at fault: worth trying again once the database is back. */
export function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  if (/^(08|57P|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|53)/.test(code)) return true
  return /Connection terminated|not queryable|Client was closed|Client has encountered|timeout exceeded|connection is closed/i.test(
    error.message,
  )
}
