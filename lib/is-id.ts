/** What comes from an address bar may be anything; PostgreSQL refuses some of it (a NUL) loudly. */
export function isId(text: string): boolean {
  return /^[\w-]{1,64}$/.test(text)
}
