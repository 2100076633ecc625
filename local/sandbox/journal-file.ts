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
/** A file is written anew once it holds so many lines that nobody needs, and more of them than of others. */
const MOST_STALE_LINES = 20_000
const LINES_A_WRITE = 500

/**
 * What a sandbox was told, one JSON line an entry, so that what it has taken on survives a kill, as it would at the real
 * provider. It prunes itself: at its opening, and when it has grown, it is written anew with what is still kept.
 */
export class JournalFile<Entry> {
  private file: number
  private lines = 0
  private keptLines = 0
  private isDirty = false
  private isClosed = false
  private syncing: Promise<void> = Promise.resolve()
  private nextSync: Promise<void> | undefined

  /** @param kept what is worth keeping; asked each time that the file is written anew. */
  constructor(
    private readonly path: string,
    private readonly kept: () => Iterable<Entry>,
  ) {
    this.file = this.writeAnew()
  }

  /** Writes an entry. From here on it survives this process; that it survives the machine, `synced` tells. */
  append(entry: Entry): void {
    // By then its number may stand for another file.
    if (this.isClosed) throw new Error('The journal is closed.')
    writeSync(this.file, `${JSON.stringify(entry)}\n`)
    this.lines++
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
    const stale = this.lines - this.keptLines
    if (stale < MOST_STALE_LINES || stale < this.keptLines) return
    const [old, syncing] = [this.file, this.syncing]
    this.file = this.writeAnew()
    // What waits for a sync of the old file finds all of it in the new one, which is on disk.
    this.isDirty = false
    void syncing.finally(() => closeSync(old))
  }

  private writeAnew(): number {
    mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 })
    const draft = `${this.path}.new`
    const file = openSync(draft, 'w', 0o600)
    this.lines = 0
    let batch: string[] = []
    const write = () => {
      if (batch.length > 0) writeSync(file, batch.join(''))
      batch = []
    }
    for (const entry of this.kept()) {
      this.lines = this.lines + 1
      if (batch.push(`${JSON.stringify(entry)}\n`) === LINES_A_WRITE) write()
    }
    write()
    this.keptLines = this.lines
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
