import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Running } from '@/local/start-all'
import { familyOf, usageOf } from '../bench/processes'

/** What was sent, as its sender knows it, and the most memory that the app has held meanwhile. */
export type Sent = { status: number; answer: Record<string, unknown>; bytes: number; sha256: string; peakMb: number }

const LOOK_EVERY_MS = 50

/** Puts a file to a door of a running app, piece by piece as a browser does, and watches the app's memory. */
export async function upload(
  { appUrl, children }: Pick<Running, 'appUrl' | 'children'>,
  path: string,
  { cookie, content }: { cookie: string; content: AsyncIterable<Uint8Array> },
): Promise<Sent> {
  const hash = createHash('sha256')
  let [bytes, peakMb] = [0, 0]
  const measured = async function* () {
    for await (const piece of content) {
      bytes += piece.byteLength
      hash.update(piece)
      yield piece
    }
  }
  const pids = familyOf(children.app.pid ?? 0)
  const look = () => {
    peakMb = Math.max(peakMb, usageOf(pids).rssMb)
  }
  const timer = setInterval(look, LOOK_EVERY_MS)
  try {
    const body = Readable.toWeb(Readable.from(measured())) as ReadableStream
    const init = { method: 'PUT', headers: { cookie }, body, duplex: 'half' as const }
    const response = await fetch(new URL(path, appUrl), init)
    look()
    const answer = (await response.json()) as Record<string, unknown>
    return { status: response.status, answer, bytes, sha256: hash.digest('hex'), peakMb }
  } finally {
    clearInterval(timer)
  }
}

const ROW_CHARS = 4_500

/** A file of products of so many bytes, a little more or less: few rows, each with a long description. */
export async function* productFile(bytes: number): AsyncGenerator<Uint8Array> {
  yield Buffer.from('SKU,Title,Price,Description\n')
  for (let n = 0, sent = 0; sent < bytes; n++) {
    const row = Buffer.from(`UP-${n},Mug ${n},12.50,"${`It holds ${n} teas. `.repeat(400).slice(0, ROW_CHARS)}"\n`)
    sent += row.length
    yield row
  }
}
