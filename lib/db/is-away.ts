/** True where the database itself can't be reached, so that nothing the caller did is at fault. */
export function isDatabaseAway(error: unknown): boolean {
  for (let here = error, depth = 0; here instanceof Error && depth < 5; here = here.cause, depth++) {
    const code = 'code' in here ? String(here.code) : ''
    if (/^(P1001|P1002|P1008|P1017|P2024|P2028|ECONNREFUSED|ECONNRESET|57P0[123]|08\d{3})$/.test(code)) return true
    if (/DatabaseNotReachable|ConnectionClosed|Connection terminated|Can't reach database/.test(here.message))
      return true
  }
  return false
}
