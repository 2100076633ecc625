import type { IncomingMessage } from 'node:http'
import type { z } from 'zod'
import { JsonError, parseJson } from '../model/json'
import { Problem } from './problem'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads a request's body, and takes no more in where it grows too large.
 * @throws Problem 413 beyond the limit, 400 for bytes that are not UTF-8.
 */
export async function readText(request: IncomingMessage, mostBytes: number): Promise<string> {
  const chunks = await chunksOf(request, mostBytes)
  try {
    return utf8.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))
  } catch {
    throw new Problem(400, 'the body is not valid UTF-8')
  }
}

/** By its events: to iterate over a stream takes an idle engine 0.04 ms more for each request. */
function chunksOf(request: IncomingMessage, mostBytes: number): Promise<Buffer[]> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const take = (chunk: Buffer) => {
      size += chunk.length
      if (size > mostBytes) refuse()
      else chunks.push(chunk)
    }
    const refuse = () => {
      request.off('data', take)
      reject(new Problem(413, `the body is larger than ${mostBytes} bytes`))
    }
    if (Number(request.headers['content-length'] ?? 0) > mostBytes) return refuse()
    request
      .on('data', take)
      .once('end', () => resolve(chunks))
      .once('error', reject)
  })
}

/**
 * Parses a body and checks it.
 * @param at what the value is called in messages, before its own path.
 * @throws Problem 400 naming the field.
 */
export function checked<Schema extends z.ZodType>(schema: Schema, text: string, at = ''): z.infer<Schema> {
  return checkedValue(schema, parsed(text), at)
}

/** @throws Problem 400 for a text that isn't JSON. */
export function parsed(text: string): unknown {
  try {
    return parseJson(text)
  } catch (error) {
    if (error instanceof JsonError) throw new Problem(400, error.message)
    throw error
  }
}

/** @throws Problem 400 naming the field. */
export function checkedValue<Schema extends z.ZodType>(schema: Schema, value: unknown, at = ''): z.infer<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const path = [at, ...(issue?.path ?? [])].filter((part) => part !== '').join('.')
  throw new Problem(400, path ? `${path}: ${issue?.message}` : (issue?.message ?? 'the body is not as it should be'))
}
