import { cutText, type Json, redact, redactText } from '../redaction'

const MOST_BYTES = 64 * 1024
const HEAD_LENGTH = 4 * 1024
/** A value of so many parts is longer than what is kept: none is written with less than two bytes. */
const MOST_NODES = MOST_BYTES

/** What the ledger keeps of a value: without secrets, and no longer than 64 kB; of a longer one its size and its head. */
export function keptValue(value: unknown): Json {
  const kept = redact(value, MOST_NODES)
  const text = JSON.stringify(kept)
  if (text.length <= MOST_BYTES / 4) return kept
  const bytes = Buffer.byteLength(text)
  return bytes <= MOST_BYTES ? kept : { leftOut: true, bytes, head: cutText(text, HEAD_LENGTH) }
}

export type KeptError = { name: string; message: string; stack?: string; code?: string; cause?: KeptError }

const MOST_CAUSES = 5
const MOST_MESSAGE = 4_000
const MOST_STACK = 16_000
const MOST_NAME = 200

/** An error as the ledger keeps it, with the chain of its causes; whatever was thrown, or told by a server, will do. */
export function keptError(error: unknown, depth = 0): KeptError {
  try {
    return errorOf(error, depth)
  } catch {
    return { name: 'Error', message: '[unreadable]' }
  }
}

function errorOf(error: unknown, depth: number): KeptError {
  if (typeof error !== 'object' || error === null) return { name: 'Error', message: cut(String(error), MOST_MESSAGE) }
  const { name, message, stack, code, cause } = error as Record<string, unknown>
  const kept: KeptError = {
    name: typeof name === 'string' && name ? cut(name, MOST_NAME) : 'Error',
    message: cut(typeof message === 'string' ? message : JSON.stringify(redact(error, MOST_NODES)), MOST_MESSAGE),
  }
  if (typeof stack === 'string' && stack) kept.stack = cut(stack, MOST_STACK)
  if (typeof code === 'string' || typeof code === 'number') kept.code = cut(String(code), MOST_NAME)
  if (cause !== undefined && cause !== null && depth < MOST_CAUSES) kept.cause = keptError(cause, depth + 1)
  return kept
}

function cut(text: string, length: number): string {
  const shown = redactText(text)
  return shown.length > length ? `${cutText(shown, length)}…` : shown
}
