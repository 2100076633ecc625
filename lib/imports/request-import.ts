import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Actor } from '../auth/actor'
import { now } from '../clock'
import { db } from '../db'
import { publish } from '../outbox/publish'
import { storage, TooLargeError } from '../storage'
import { lineField } from '../text-fields'
import { checkUtf8, WrongEncodingError } from './check-utf8'
import { limitRows, TOO_MANY_ROWS, TooManyRowsError } from './limit-rows'
import { sourceKey } from './source-key'

export const MOST_BYTES = 200 * 1024 * 1024

/** What is told of a file beside its content. */
export const importForm = z.object({
  name: lineField('the file’s name', 200),
  dryRun: z
    .enum(['true', 'false'], 'This should be true or false.')
    .default('false')
    .transform((text) => text === 'true'),
})

export type ImportRequested = { ok: true; importId: string } | { ok: false; fields: { file: string } }

/**
 * Takes a file of products for the actor's shop; a function reads it, part by part. Nothing is left of a file that is
 * refused, or whose sender goes away.
 * @param expectedBytes how long the sender has said that it is.
 * @throws what the content throws, or the signal's reason.
 */
export async function requestImport(
  { account }: Pick<Actor, 'account'>,
  { name: fileName, dryRun: isDryRun }: z.infer<typeof importForm>,
  file: { content: AsyncIterable<Uint8Array>; expectedBytes?: number | undefined; signal?: AbortSignal },
): Promise<ImportRequested> {
  const id = randomUUID()
  const written = await store(sourceKey(id), file)
  if (!written.ok) return written
  const { bytes, sha256 } = written
  try {
    await db().$transaction(async (tx) => {
      const row = { id, accountId: account.id, fileName, isDryRun, bytes, sha256, createdAt: now() }
      await tx.productImport.create({ data: row })
      await publish(tx, { name: 'import/requested', id: `import/${id}`, data: { importId: id } })
    })
  } catch (error) {
    await storage().remove(sourceKey(id))
    throw error
  }
  return { ok: true, importId: id }
}

async function store(
  key: string,
  { content, expectedBytes, signal }: Parameters<typeof requestImport>[2],
): Promise<{ ok: true; bytes: number; sha256: string } | Extract<ImportRequested, { ok: false }>> {
  try {
    const written = await storage().write(key, limitRows(checkUtf8(content)), {
      mostBytes: MOST_BYTES,
      ...(signal && { signal }),
    })
    if (written.bytes > 0 && (expectedBytes === undefined || expectedBytes === written.bytes))
      return { ok: true, ...written }
    await storage().remove(key)
    return wrong(written.bytes === 0 ? 'The file is empty.' : 'The file has not come whole. Send it again.')
  } catch (error) {
    if (error instanceof TooLargeError) return wrong('A file can have 200 MB at most. Bring it in parts.')
    if (error instanceof TooManyRowsError) return wrong(TOO_MANY_ROWS)
    if (error instanceof WrongEncodingError)
      return wrong('This is no text in UTF-8. In a spreadsheet, choose “CSV UTF-8” when you save it.')
    throw error
  }
}

const wrong = (file: string): { ok: false; fields: { file: string } } => ({ ok: false, fields: { file } })
