import { JournalFile, readEntries } from '../sandbox/journal-file'
import { KeptLetters } from './kept-letters'
import type { SandboxLetter } from './letter'

/** What a key was used for, and what it was answered. */
export type KeyEntry = { key: string; bodyHash: string; answer: unknown; at: number }
/** How often a letter was sent back to be tried again later. */
export type PassingEntry = { of: string; tries: number; at: number }
export type Entry = { letters: SandboxLetter[]; key?: KeyEntry; passing?: PassingEntry }

/** Resend forgets a key after so long; real time, as with the real one. */
export const KEY_LIFE_MS = 24 * 3_600_000

/** Everything that the sandbox was told: letters, keys, and what was sent back to be tried again. */
export class Journal {
  readonly letters = new KeptLetters()
  private readonly keys = new Map<string, KeyEntry>()
  private readonly passing = new Map<string, PassingEntry>()
  private readonly file: JournalFile<Entry>

  constructor(
    path: string,
    private readonly now: () => number,
  ) {
    for (const entry of readEntries<Entry>(path)) this.remember(entry)
    this.file = new JournalFile(path, () => this.kept())
  }

  append(entry: Entry): void {
    this.file.append(entry)
    this.remember(entry)
  }

  /** Resolves when all of it is on disk; nobody may be answered before. */
  synced(): Promise<void> {
    return this.file.synced()
  }

  keyEntry(key: string, now: number): KeyEntry | undefined {
    const entry = this.keys.get(key)
    return entry && entry.at + KEY_LIFE_MS >= now ? entry : undefined
  }

  /** How often a letter, by its key or else its address, was sent back to be tried again later. */
  triesOf(letter: string): number {
    return this.passing.get(letter)?.tries ?? 0
  }

  close(): Promise<void> {
    return this.file.close()
  }

  private remember({ letters, key, passing }: Entry): void {
    this.letters.add(letters)
    if (key) this.keys.set(key.key, key)
    if (passing) this.passing.set(passing.of, passing)
  }

  private *kept(): Iterable<Entry> {
    const now = this.now()
    this.letters.forgetOld()
    for (const { key, at } of [...this.keys.values()]) if (at + KEY_LIFE_MS < now) this.keys.delete(key)
    for (const { of, at } of [...this.passing.values()]) if (at + KEY_LIFE_MS < now) this.passing.delete(of)
    for (const letter of this.letters.oldestFirst()) yield { letters: [letter] }
    for (const key of this.keys.values()) yield { letters: [], key }
    for (const passing of this.passing.values()) yield { letters: [], passing }
  }
}
