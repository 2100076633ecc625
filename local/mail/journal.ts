import { closeSync, existsSync, fdatasyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type { SandboxLetter } from './letter'

/** What a key was used for, and what it was answered. */
export type KeyEntry = { key: string; bodyHash: string; answer: unknown; at: number }
/** How often a letter was sent back to be tried again later. */
export type PassingEntry = { of: string; tries: number; at: number }
export type Entry = { letters: SandboxLetter[]; key?: KeyEntry; passing?: PassingEntry }

/** Resend forgets a key after so long; real time, as with the real one. */
export const KEY_LIFE_MS = 24 * 3_600_000
const MOST_LETTERS = 5_000

/**
 * Everything that the sandbox was told, on disk before it answers: what it has taken on must survive a kill, as it
 * would at the real provider. It prunes itself at each opening.
 */
export class Journal {
  private readonly letters: SandboxLetter[] = []
  private readonly keys = new Map<string, KeyEntry>()
  private readonly passing = new Map<string, PassingEntry>()
  private file: number

  constructor(
    private readonly path: string,
    now: number,
  ) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    for (const entry of readEntries(path)) this.remember(entry)
    this.letters.splice(0, Math.max(0, this.letters.length - MOST_LETTERS))
    for (const { key, at } of [...this.keys.values()]) if (at + KEY_LIFE_MS < now) this.keys.delete(key)
    for (const { of, at } of [...this.passing.values()]) if (at + KEY_LIFE_MS < now) this.passing.delete(of)
    this.file = this.rewrite()
  }

  /** Writes an entry; when this returns it is on disk. */
  append(entry: Entry): void {
    writeSync(this.file, `${JSON.stringify(entry)}\n`)
    fdatasyncSync(this.file)
    this.remember(entry)
  }

  keyEntry(key: string, now: number): KeyEntry | undefined {
    const entry = this.keys.get(key)
    return entry && entry.at + KEY_LIFE_MS >= now ? entry : undefined
  }

  /** How often a letter, by its key or else its address, was sent back to be tried again later. */
  triesOf(letter: string): number {
    return this.passing.get(letter)?.tries ?? 0
  }

  /** Newest first. */
  list(): SandboxLetter[] {
    return [...this.letters].reverse()
  }

  find(id: string): SandboxLetter | undefined {
    return this.letters.find((letter) => letter.id === id)
  }

  close(): void {
    closeSync(this.file)
  }

  private remember({ letters, key, passing }: Entry): void {
    this.letters.push(...letters)
    if (key) this.keys.set(key.key, key)
    if (passing) this.passing.set(passing.of, passing)
  }

  private rewrite(): number {
    const draft = `${this.path}.new`
    const file = openSync(draft, 'w', 0o600)
    for (const letter of this.letters) writeSync(file, `${JSON.stringify({ letters: [letter] })}\n`)
    for (const key of this.keys.values()) writeSync(file, `${JSON.stringify({ letters: [], key })}\n`)
    for (const passing of this.passing.values()) writeSync(file, `${JSON.stringify({ letters: [], passing })}\n`)
    fdatasyncSync(file)
    renameSync(draft, this.path)
    return file
  }
}

/** The last line may be half a line, of an answer that was never given. */
function readEntries(path: string): Entry[] {
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
