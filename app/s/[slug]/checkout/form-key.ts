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
