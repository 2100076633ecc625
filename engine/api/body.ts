import type { IncomingMessage } from 'node:http'
import type { z } from 'zod'
import { JsonError, parseJson } from '../model/json'
import { Problem } from './problem'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads a request's body, and stops reading where it grows too large.
 * @throws Problem 413 beyond the limit, 400 for bytes that are not UTF-8.
 */
export async function readText(request: IncomingMessage, mostBytes: number): Promise<string> {
  const tooLarge = () => new Problem(413, `the body is larger than ${mostBytes} bytes`)
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) throw tooLarge()
  const chunks: Buffer[] = []
  let size = 0
  // The refusal still has to go out by the same socket, which the iterator would else destroy.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length
    if (size > mostBytes) throw tooLarge()
    chunks.push(chunk)
  }
  try {
    return utf8.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))
  } catch {
    throw new Problem(400, 'the body is not valid UTF-8')
  }
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
