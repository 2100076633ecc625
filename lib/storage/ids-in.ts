import { storage } from '.'

/**
 * The ids that files are kept under in a folder such as `images`, whose keys are `<folder>/<id>/…`, some at once.
 * @param before ids of which a file is younger are left out. By the machine's time, as files have it.
 */
export async function* idsIn(
  folder: string,
  { before, most }: { before: Date; most: number },
): AsyncGenerator<string[]> {
  const youngest = new Map<string, Date>()
  for await (const { key, modifiedAt } of storage().list(folder)) {
    const id = key.split('/')[1]
    if (id === undefined) continue
    // All files of an id come one after the other.
    if (youngest.size > most && !youngest.has(id)) {
      yield olderThan(youngest, before)
      youngest.clear()
    }
    const known = youngest.get(id)
    if (!known || known < modifiedAt) youngest.set(id, modifiedAt)
  }
  yield olderThan(youngest, before)
}

function olderThan(youngest: ReadonlyMap<string, Date>, before: Date): string[] {
  return [...youngest].flatMap(([id, at]) => (at < before ? [id] : []))
}
