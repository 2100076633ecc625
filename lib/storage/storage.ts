import type { Readable } from 'node:stream'

export type StoredFile = { key: string; bytes: number; modifiedAt: Date }

/** Keeps files by a key such as `images/<id>/960.webp`; where, is its own affair. */
export interface Storage {
  /**
   * Streams a file in. It is there whole or not at all: whatever ends the stream early leaves what was there before.
   * @returns its length and its SHA-256 in hex.
   * @throws TooLargeError once more than `mostBytes` have come, what the stream itself throws, or the signal's reason.
   */
  write(
    key: string,
    content: AsyncIterable<Uint8Array>,
    options?: { mostBytes?: number; signal?: AbortSignal },
  ): Promise<{ bytes: number; sha256: string }>
  /** @param start the byte to begin with. The stream ends in an error when there is no such file. */
  read(key: string, options?: { start?: number }): Readable
  find(key: string): Promise<StoredFile | null>
  /** One file, or all whose keys begin with `<key>/`. What isn't there is removed already. */
  remove(key: string): Promise<void>
  /**
   * Removes what was written by a process that died before the file was whole.
   * @param before nothing that was still written to after that is removed; by the machine's time.
   * @returns how many there were.
   */
  removeUnfinished(before: Date): Promise<number>
  /** All files whose keys begin with `<prefix>/`, in no order. */
  list(prefix: string): AsyncIterable<StoredFile>
}

/** More came than may be kept. */
export class TooLargeError extends Error {
  override name = 'TooLargeError'
  constructor(readonly mostBytes: number) {
    super(`the file is larger than ${mostBytes} bytes`)
  }
}

const PART = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/

/**
 * The parts of a key.
 * @throws RangeError for one that could lead out of the storage, or that a file system would not take.
 */
export function partsOf(key: string): string[] {
  const parts = key.split('/')
  if (parts.length === 0 || key.length > 500 || !parts.every((part) => PART.test(part)))
    throw new RangeError(`${JSON.stringify(key)} is no key of a file`)
  return parts
}
