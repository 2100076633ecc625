import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { folderStorage } from '@/lib/storage/folder'
import { type Storage, TooLargeError } from '@/lib/storage/storage'

let folder: string
let files: Storage

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backroom-storage-'))
  files = folderStorage(folder)
})
afterEach(() => rm(folder, { recursive: true }))

async function* chunks(...texts: string[]) {
  for (const each of texts) yield Buffer.from(each)
}

const keysIn = async (prefix: string) => {
  const keys: string[] = []
  for await (const { key } of files.list(prefix)) keys.push(key)
  return keys.sort()
}

describe('a storage in a folder', () => {
  it('keeps a file whole, and tells its length and hash', async () => {
    const written = await files.write('images/1/original', chunks('one ', 'two'))
    expect(written).toEqual({ bytes: 7, sha256: createHash('sha256').update('one two').digest('hex') })
    expect(await text(files.read('images/1/original'))).toBe('one two')
    expect(await text(files.read('images/1/original', { start: 4 }))).toBe('two')
    expect(await files.find('images/1/original')).toMatchObject({ key: 'images/1/original', bytes: 7 })
  })

  it('replaces a file in one go', async () => {
    await files.write('a/b', chunks('old'))
    await files.write('a/b', chunks('newer'))
    expect(await text(files.read('a/b'))).toBe('newer')
  })

  it('leaves what was there when a stream breaks off, and nothing of the new one', async () => {
    await files.write('a/b', chunks('old'))
    const broken = async function* () {
      yield Buffer.from('half')
      throw new Error('the line went dead')
    }
    await expect(files.write('a/b', broken())).rejects.toThrow('the line went dead')
    await expect(files.write('a/c', broken())).rejects.toThrow('the line went dead')
    expect(await text(files.read('a/b'))).toBe('old')
    expect(await files.find('a/c')).toBeNull()
    expect(await readdir(join(folder, '.incoming'))).toEqual([])
  })

  it('takes no more than it may', async () => {
    await expect(files.write('a/b', chunks('12345', '6'), { mostBytes: 5 })).rejects.toThrow(TooLargeError)
    expect(await files.write('a/b', chunks('12345'), { mostBytes: 5 })).toMatchObject({ bytes: 5 })
  })

  it('removes what a process has left that died while it wrote, and nothing that is still written to', async () => {
    const incoming = join(folder, '.incoming')
    await mkdir(incoming)
    for (const name of ['dead', 'living']) await writeFile(join(incoming, name), 'half')
    await utimes(join(incoming, 'dead'), new Date(0), new Date(0))
    await files.write('a/b', chunks('whole'))
    expect(await files.removeUnfinished(new Date(1_000))).toBe(1)
    expect(await readdir(incoming)).toEqual(['living'])
    expect(await keysIn('a')).toEqual(['a/b'])
  })

  it('stops when it is told to', async () => {
    const stop = new AbortController()
    const endless = async function* () {
      for (let n = 0; ; n++) {
        if (n === 3) stop.abort(new Error('enough'))
        yield Buffer.from('more')
        await new Promise(setImmediate)
      }
    }
    await expect(files.write('a/b', endless(), { signal: stop.signal })).rejects.toThrow()
    expect(await files.find('a/b')).toBeNull()
  })

  it('lists and removes what lies under a key', async () => {
    await files.write('images/1/original', chunks('x'))
    await files.write('images/1/small/320.webp', chunks('x'))
    await files.write('images/2/original', chunks('x'))
    expect(await keysIn('images/1')).toEqual(['images/1/original', 'images/1/small/320.webp'])
    await files.remove('images/1')
    await files.remove('images/1')
    expect(await keysIn('images')).toEqual(['images/2/original'])
    expect(await keysIn('nothing')).toEqual([])
  })

  it.each(['../secret', 'a/../../secret', '/etc/passwd', 'a//b', '', '.incoming/x', 'a/\0', 'a\\b', 'x'.repeat(501)])(
    'refuses the key %j, which could lead elsewhere',
    async (key) => {
      await expect(files.write(key, chunks('x'))).rejects.toThrow(RangeError)
      expect(() => files.read(key)).toThrow(RangeError)
      await expect(files.find(key)).rejects.toThrow(RangeError)
    },
  )

  it('tells of a file that is not there when it is read', async () => {
    await expect(text(files.read('a/b'))).rejects.toThrow('ENOENT')
  })
})
