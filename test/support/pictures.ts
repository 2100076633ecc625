import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach } from 'vitest'
import { forgetEnv } from '@/lib/env'
import { storage } from '@/lib/storage'

/** A folder of its own for what each test uploads. */
export function ownFiles(): void {
  let dir = ''
  let before: string | undefined
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'backroom-files-'))
    before = process.env.BACKROOM_DATA_DIR
    process.env.BACKROOM_DATA_DIR = dir
    forgetEnv()
  })
  afterEach(() => {
    rmSync(dir, { recursive: true, force: true })
    if (before === undefined) delete process.env.BACKROOM_DATA_DIR
    else process.env.BACKROOM_DATA_DIR = before
    forgetEnv()
  })
}

/** A picture that does not compress to nothing. */
export function picture({ width = 2000, height = 1000, format = 'jpeg' as 'jpeg' | 'png' | 'webp' | 'avif' } = {}) {
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const
  return sharp({ create: { width, height, channels: 3, background: '#888', noise } })
    .toFormat(format)
    .toBuffer()
}

/** What comes over a connection, part by part. */
export async function* inParts(bytes: Uint8Array, size = 16_384) {
  for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size)
}

/** The keys of all files of pictures. */
export async function storedKeys(): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of storage().list('images')) keys.push(key)
  return keys.sort()
}
