/** Something that must have become true, as the database and the sandboxes have it. */
export type Fact = { text: string; expected: unknown; found: unknown; isTrue: boolean }

export function fact(text: string, expected: unknown, found: unknown): Fact {
  return { text, expected, found, isTrue: same(expected, found) }
}

/** Equal, whatever the order of an object's keys. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
}
