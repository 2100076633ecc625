import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type FileRow, readHead, readPart } from '@/lib/imports/read-rows'
import { storage } from '@/lib/storage'
import { inPieces, ownStorage } from '../../support/imports'
import { ownShopDatabase } from '../../support/shop'

ownShopDatabase()
ownStorage()

const KEY = 'imports/read/source.csv'
/** What is quoted may hold anything; what isn't, neither delimiters nor the ends of lines. */
const cell = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'é', '5', ' ', "'") }),
  fc
    .string({ unit: fc.constantFrom('a', '漢', ',', '\n', '\r', '"', ' ') })
    .map((text) => `"${text.replaceAll('"', '""')}"`),
)
const plain = (written: string) => (written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written)

async function readAll(bytes: number, most: number): Promise<FileRow[]> {
  const { delimiter } = await readHead(KEY)
  const rows: FileRow[] = []
  for (let at = { position: 0, lastRow: 1, isLast: false }; !at.isLast; ) {
    const { rows: read, ...next } = await readPart(KEY, { ...at, bytes, delimiter, most })
    expect(next.position >= at.position && read.length <= most).toBe(true)
    rows.push(...read)
    at = next
  }
  return rows
}

it('a file is read row by row, whatever the parts, the ends of its lines and its mark', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { maxLength: 12 }),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.constantFrom('', '\uFEFF'),
      fc.boolean(),
      fc.integer({ min: 1, max: 5 }),
      async (records, lineEnd, mark, isEnded, most) => {
        const lines = ['SKU,Title', ...records.map((record) => record.join(','))]
        const csv = mark + lines.join(lineEnd) + (isEnded ? lineEnd : '')
        const bytes = Buffer.byteLength(csv)
        await storage().write(KEY, inPieces(csv))
        const rows = await readAll(bytes, most)
        expect(rows.map(({ record }) => record)).toEqual(records.map((record) => record.map(plain)))
        expect(rows.map(({ rowNumber }) => rowNumber)).toEqual(records.map((_, i) => i + 2))
      },
    ),
    { numRuns: 60 },
  )
})

it('a file longer than what is read at once goes on at the right byte', async () => {
  const csv = `SKU,Title\r\n${Array.from({ length: 9_000 }, (_, n) => `S-${n},"Thing ""${n}"", é"\r\n`).join('')}`
  await storage().write(KEY, inPieces(csv))
  const rows = await readAll(Buffer.byteLength(csv), 2_500)
  expect(rows.map(({ record }) => record)).toEqual(
    Array.from({ length: 9_000 }, (_, n) => [`S-${n}`, `Thing "${n}", é`]),
  )
})
