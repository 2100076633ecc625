import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { forgetEnv } from '@/lib/env'
import { findImport } from '@/lib/imports/find-import'
import { performImportPart } from '@/lib/imports/perform-import-part'
import { removeLeftovers } from '@/lib/imports/remove-leftovers'
import { requestImport } from '@/lib/imports/request-import'

/** A folder for files that is a test file's own. To be called after the database's own support. */
export function ownStorage(): void {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'backroom-files-'))
  })
  beforeEach(() => {
    process.env.BACKROOM_DATA_DIR = folder
    forgetEnv()
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
}

/** A text or bytes as a body comes: in pieces. */
export async function* inPieces(content: string | Uint8Array, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(content as Uint8Array)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** Brings a file, and asks for nothing more. @returns the import's id. */
export async function bring(actor: Actor, csv: string | Uint8Array, { dryRun = false } = {}): Promise<string> {
  const asked = await requestImport(actor, { name: 'catalogue.csv', dryRun }, { content: inPieces(csv) })
  if (!asked.ok) throw new Error(asked.fields.file)
  return asked.importId
}

/** Brings a file, does all of its parts, and clears up. */
export async function importAll(actor: Actor, csv: string | Uint8Array, { dryRun = false, most = 3 } = {}) {
  const id = await bring(actor, csv, { dryRun })
  while (!(await performImportPart(id, most))?.isDone);
  await removeLeftovers(id)
  const found = await findImport(actor, id)
  if (!found) throw new Error('the import is gone')
  return found
}
