/** What was sent, and the key that it was sent under. */
export type Sent = { key: string; content: string | null }

/**
 * The key that a form is sent under: the same for the same content, so that it is one order however often it is sent, and
 * another one once something else is in it. Pure.
 */
export function keyFor(content: string, last: Sent, newKey: () => string): Sent {
  const isSame = last.content === null || last.content === content
  return { key: isSame ? last.key : newKey(), content }
}

/** A random key; also where a page is not from a safe origin, whose browsers have no `randomUUID`. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
