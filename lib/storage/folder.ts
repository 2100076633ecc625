import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { partsOf, type Storage, type StoredFile, TooLargeError } from './storage'

/** Beside the files, not among them: on the same disk, so that a rename is enough to bring one in. */
const INCOMING = '.incoming'

/** A storage in a local folder, which is made when the first file comes. */
export function folderStorage(folder: string): Storage {
  const pathOf = (key: string) => join(folder, ...partsOf(key))
  return {
    async write(key, content, { mostBytes = Number.POSITIVE_INFINITY, signal } = {}) {
      const path = pathOf(key)
      const incoming = join(folder, INCOMING, randomUUID())
      await mkdir(dirname(incoming), { recursive: true })
      try {
        const written = await writeTo(incoming, content, mostBytes, signal)
        await mkdir(dirname(path), { recursive: true })
        await rename(incoming, path)
        await sync(dirname(path))
        return written
      } finally {
        await rm(incoming, { force: true })
      }
    },
    read: (key, { start = 0 } = {}) => createReadStream(pathOf(key), { start }),
    async find(key) {
      const found = await stat(pathOf(key)).catch(absent)
      return found?.isFile() ? { key, bytes: found.size, modifiedAt: found.mtime } : null
    },
    remove: (key) => rm(pathOf(key), { recursive: true, force: true }),
    async removeUnfinished(before) {
      let removed = 0
      for await (const { key, modifiedAt } of filesIn(folder, join(folder, INCOMING))) {
        if (modifiedAt >= before) continue
        await rm(join(folder, key), { force: true })
        removed++
      }
      return removed
    },
    list: (prefix) => filesIn(folder, pathOf(prefix)),
  }
}

async function writeTo(path: string, content: AsyncIterable<Uint8Array>, mostBytes: number, signal?: AbortSignal) {
  const hash = createHash('sha256')
  let bytes = 0
  const measured = async function* (source: AsyncIterable<Uint8Array>) {
    for await (const chunk of source) {
      bytes += chunk.byteLength
      if (bytes > mostBytes) throw new TooLargeError(mostBytes)
      hash.update(chunk)
      yield chunk
    }
  }
  // `flush` forces it to the disk before it is closed: a file that its row speaks of must outlive a power cut.
  const target = createWriteStream(path, { flags: 'wx', flush: true })
  const closed = new Promise<void>((resolve) => target.once('close', resolve))
  try {
    await pipeline(content, measured, target, signal ? { signal } : {})
  } finally {
    // A content that breaks off at once ends the pipeline before the file is opened: it would be there only after that.
    await closed
  }
  return { bytes, sha256: hash.digest('hex') }
}

/** The name too: a rename is on disk only with its folder. */
async function sync(folder: string): Promise<void> {
  const handle = await open(folder)
  await handle.sync().finally(() => handle.close())
}

async function* filesIn(folder: string, path: string): AsyncGenerator<StoredFile> {
  for (const entry of (await readdir(path, { withFileTypes: true }).catch(absent)) ?? []) {
    const inner = join(path, entry.name)
    if (entry.isDirectory()) yield* filesIn(folder, inner)
    const found = entry.isFile() ? await stat(inner).catch(absent) : undefined
    if (found) yield { key: relative(folder, inner).split(sep).join('/'), bytes: found.size, modifiedAt: found.mtime }
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error
}
