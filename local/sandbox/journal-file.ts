import {
  closeSync,
  existsSync,
  fdatasync,
  fdatasyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'

const syncToDisk = promisify(fdatasync)
/**
 * A file is written anew once it holds so many lines, or bytes, that nobody needs, and more of them than of others. A hundred
 * letters with their pages are one line of 4 MB.
 */
const MOST_STALE = { lines: 20_000, bytes: 64 * 1024 * 1024 }
const LINES_A_WRITE = 500

/**
 * What a sandbox was told, one JSON line an entry, so that what it has taken on survives a kill, as it would at the real
 * provider. It prunes itself: at its opening, and when it has grown, it is written anew with what is still kept.
 */
export class JournalFile<Entry> {
  private file: number
  private size = { lines: 0, bytes: 0 }
  private kept = { lines: 0, bytes: 0 }
  private isDirty = false
  private isClosed = false
  private syncing: Promise<void> = Promise.resolve()
  private nextSync: Promise<void> | undefined

  /** @param listKept what is worth keeping; asked each time that the file is written anew. */
  constructor(
    private readonly path: string,
    private readonly listKept: () => Iterable<Entry>,
  ) {
    this.file = this.writeAnew()
  }

  /** Writes an entry. From here on it survives this process; that it survives the machine, `synced` tells. */
  append(entry: Entry): void {
    // By then its number may stand for another file.
    if (this.isClosed) throw new Error('The journal is closed.')
    this.count(writeSync(this.file, `${JSON.stringify(entry)}\n`))
    this.isDirty = true
  }

  /**
   * Resolves when everything that was written so far is on disk. Nobody may be told of it before. Who waits at the same
   * time shares a sync: one takes 2 ms or more.
   */
  async synced(): Promise<void> {
    this.pruneIfGrown()
    if (!this.isDirty) return this.syncing
    this.nextSync ??= this.syncing.then(() => {
      this.nextSync = undefined
      this.isDirty = false
      this.syncing = syncToDisk(this.file)
      return this.syncing
    })
    return this.nextSync
  }

  async close(): Promise<void> {
    await this.synced()
    this.isClosed = true
    closeSync(this.file)
  }

  /** Only between two entries, when all that was written is remembered, and so kept. */
  private pruneIfGrown(): void {
    if (!this.hasGrownBy('lines') && !this.hasGrownBy('bytes')) return
    const [old, syncing] = [this.file, this.syncing]
    this.file = this.writeAnew()
    // What waits for a sync of the old file finds all of it in the new one, which is on disk.
    this.isDirty = false
    void syncing.finally(() => closeSync(old))
  }

  private hasGrownBy(measure: 'lines' | 'bytes'): boolean {
    const stale = this.size[measure] - this.kept[measure]
    return stale >= MOST_STALE[measure] && stale >= this.kept[measure]
  }

  private count(bytes: number, lines = 1): void {
    this.size.lines += lines
    this.size.bytes += bytes
  }

  private writeAnew(): number {
    mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 })
    const draft = `${this.path}.new`
    const file = openSync(draft, 'w', 0o600)
    this.size = { lines: 0, bytes: 0 }
    let batch: string[] = []
    const write = () => {
      if (batch.length > 0) this.count(writeSync(file, batch.join('')), batch.length)
      batch = []
    }
    for (const entry of this.listKept()) if (batch.push(`${JSON.stringify(entry)}\n`) === LINES_A_WRITE) write()
    write()
    this.kept = { ...this.size }
    fdatasyncSync(file)
    renameSync(draft, this.path)
    return file
  }
}

/** The entries of a journal. The last line may be half a line, of an answer that was never given. */
export function readEntries<Entry>(path: string): Entry[] {
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean)
  return lines.flatMap((line) => {
    try {
      return [JSON.parse(line) as Entry]
    } catch {
      return []
    }
  })
}
