import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { JournalFile, readEntries } from '@/local/sandbox/journal-file'

let dir: string
let path: string
let latest: number
let journal: JournalFile<number>

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-journal-'))
  path = join(dir, 'deep', 'journal.jsonl')
  latest = 0
  journal = new JournalFile(path, () => [latest])
})
afterEach(() => rmSync(dir, { recursive: true }))

const write = (value: number) => {
  journal.append(value)
  latest = value
}

it('a journal keeps entries in their order, for its owner alone', async () => {
  for (const value of [1, 2, 3]) write(value)
  await journal.close()
  expect(readEntries(path)).toEqual([0, 1, 2, 3])
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

it('a journal that has grown is written anew with what is kept, and goes on', async () => {
  for (let value = 1; value <= 20_000; value++) write(value)
  // Who has waited for the old file, and who writes meanwhile, find everything in the new one.
  await Promise.all([journal.synced(), journal.synced()])
  write(20_001)
  await journal.synced()
  expect(readEntries(path)).toEqual([20_000, 20_001])
  await journal.close()
})

it('a journal of few long entries is written anew as well', async () => {
  const long = new JournalFile<string>(path, () => ['kept'])
  const entry = 'x'.repeat(8 * 1024 * 1024)
  for (let n = 0; n < 8; n++) long.append(entry)
  await long.synced()
  expect(readEntries(path)).toEqual(['kept'])
  await long.close()
})

it('a journal is on disk for everybody who waited for it at the same time', async () => {
  const waits = [1, 2, 3].map((value) => {
    write(value)
    return journal.synced().then(() => readFileSync(path, 'utf8').includes(`${value}\n`))
  })
  expect(await Promise.all(waits)).toEqual([true, true, true])
  await journal.close()
})

it('a closed journal takes nothing more', async () => {
  await journal.close()
  expect(() => write(1)).toThrow('closed')
})
