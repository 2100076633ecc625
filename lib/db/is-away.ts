/** Prisma's own codes, and those of PostgreSQL, for a database that can't be reached, is stopping or is starting. */
const awayCodes = /^(P1001|P1002|P1008|P1017|P2024|P2028|57P0[123]|08\d{3})$/
const awayKinds = /^(DatabaseNotReachable|ConnectionClosed|SocketTimeout)$/
const awayWords = /Connection terminated|Can't reach database/

/**
 * True where the database itself can't be reached, so that nothing the caller did is at fault. A bare socket's error
 * (ECONNREFUSED, ECONNRESET) says nothing of the kind: it may be a provider's.
 */
export function isDatabaseAway(error: unknown): boolean {
  for (let here = error, depth = 0; here instanceof Error && depth < 5; here = here.cause, depth++) {
    const { kind, originalCode } = driverCauseOf(here)
    if (awayCodes.test(codeOf(here)) || awayCodes.test(originalCode) || awayKinds.test(kind)) return true
    if (awayWords.test(here.message)) return true
  }
  return false
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : ''
}

/** What the driver has said: beneath Prisma's error of a query, or as the cause of the driver adapter's own. */
function driverCauseOf(error: Error): { kind: string; originalCode: string } {
  const { meta, cause } = error as { meta?: { driverAdapterError?: { cause?: unknown } }; cause?: unknown }
  const said = (meta?.driverAdapterError?.cause ?? cause ?? {}) as { kind?: unknown; originalCode?: unknown }
  return { kind: String(said.kind ?? ''), originalCode: String(said.originalCode ?? '') }
}
