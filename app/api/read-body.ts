import { Refusal } from './problem'

const MOST_BYTES = 64 * 1024
const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads a small JSON body, and no more of it than a form can need.
 * @throws Refusal 413, 415 or 400
 */
export async function readJsonBody(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') throw new Refusal({ status: 415, title: 'The body should be application/json.' })
  const bytes = await readBytes(request)
  try {
    return JSON.parse(utf8.decode(bytes))
  } catch {
    throw new Refusal({ status: 400, title: 'The body should be JSON in UTF-8.' })
  }
}

/**
 * Reads a body as it came, to the letter: what is signed.
 * @throws Refusal 413 or 400
 */
export async function readText(request: Request, { mostBytes }: { mostBytes: number }): Promise<string> {
  const bytes = await readBytes(request, mostBytes)
  try {
    return utf8.decode(bytes)
  } catch {
    throw new Refusal({ status: 400, title: 'The body should be UTF-8.' })
  }
}

async function readBytes({ body, headers }: Request, mostBytes = MOST_BYTES): Promise<Uint8Array> {
  const tooLarge = () => new Refusal({ status: 413, title: `The body should have ${mostBytes} bytes at most.` })
  if (Number(headers.get('content-length') ?? 0) > mostBytes) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = body?.getReader()
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.length
    if (size > mostBytes) {
      await reader?.cancel()
      throw tooLarge()
    }
    chunks.push(part.value)
  }
  return Buffer.concat(chunks)
}
