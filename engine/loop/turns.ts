import TinyQueue from 'tinyqueue'
import type { QueuedItem } from '../model/run'

/**
 * Of the same score, as all runs of one request have it, the older run first: by the items' own ids, every one of a
 * thousand runs would take its first step before any took its second.
 */
function byScore(a: QueuedItem, b: QueuedItem): number {
  if (a.score !== b.score) return a.score - b.score
  if (a.runId !== b.runId) return a.runId < b.runId ? -1 : 1
  return a.id < b.id ? -1 : 1
}

/** What can be taken from in turn: a heap, or turns themselves. */
type Source = { push(item: QueuedItem): void; pop(): QueuedItem | undefined; readonly length: number }

/** Sources by name, each of which gives one item when its turn comes; one that is empty is forgotten. */
class Rotation implements Source {
  private readonly sources = new Map<string, Source>()
  length = 0

  constructor(
    private readonly nameOf: (item: QueuedItem) => string,
    private readonly open: () => Source,
  ) {}

  push(item: QueuedItem): void {
    const name = this.nameOf(item)
    let source = this.sources.get(name)
    if (!source) {
      source = this.open()
      this.sources.set(name, source)
    }
    source.push(item)
    this.length++
  }

  pop(): QueuedItem | undefined {
    for (const [name, source] of this.sources) {
      const item = source.pop()
      this.length--
      // A map keeps the order in which its keys were set: the one that had its turn goes to the end.
      if (source.length === 0 || this.sources.size > 1) this.sources.delete(name)
      if (source.length > 0) this.sources.set(name, source)
      return item
    }
    return undefined
  }
}

/**
 * Items that may go, in fair turns: first every function, within a function every one of its concurrency keys, and
 * within a key the best score. So ten thousand items of one function, or of one key, don't keep another waiting for
 * more than its turn.
 */
export function fairTurns(): Source {
  const perKey = () => new Rotation(keysOf, () => new TinyQueue<QueuedItem>([], byScore))
  return new Rotation(({ functionId }) => functionId, perKey)
}

function keysOf({ limitKeys, throttleKey }: QueuedItem): string {
  return limitKeys.length === 0 && throttleKey === null ? '' : `${limitKeys.join(' ')} ${throttleKey ?? ''}`
}
