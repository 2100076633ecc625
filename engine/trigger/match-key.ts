const equality = /^\s*event((?:\.\w+)+)\s*==\s*async((?:\.\w+)+)\s*$/

/** The key stands in an index, whose rows hold some 2,700 bytes. */
const LONGEST_PATH = 200

/**
 * Most waits ask for one equality, `event.data.id == async.data.id` (all that `match` can say). Such a wait is kept
 * under `<path>=<value>`, so that an index finds it among a hundred thousand; any other one under ''.
 * @param expression the wait's `if`.
 * @param event the event that started the run.
 */
export function matchKeyOf(expression: string | undefined, event: unknown): string {
  const match = expression ? equality.exec(expression) : null
  if (!match?.[1] || !match[2] || match[2].length > LONGEST_PATH) return ''
  return keyOf(match[2].slice(1), valueAt(event, match[1].slice(1)))
}

/** The match keys under which waits for this event may stand, for the paths that are waited on. */
export function matchKeysFor(event: unknown, paths: Iterable<string>): string[] {
  return [...paths].map((path) => (path === '' ? '' : keyOf(path, valueAt(event, path))))
}

// Long values are cut: the key only narrows the search, the expression itself decides.
function keyOf(path: string, value: unknown): string {
  return `${path}=${JSON.stringify(value ?? null)
    .slice(0, 200)
    .replaceAll('\u0000', '')}`
}

function valueAt(root: unknown, path: string): unknown {
  let here = root
  for (const key of path.split('.'))
    here = typeof here === 'object' && here !== null ? (here as Record<string, unknown>)[key] : undefined
  return here
}
