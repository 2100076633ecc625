import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paceOf } from '@/app/(shop)/products/imports/pace'
import { csvLine } from '@/lib/csv-line'
import { checkRow, isBlank } from '@/lib/imports/check-row'
import { checkUtf8, WrongEncodingError } from '@/lib/imports/check-utf8'
import { decideRow, type KnownProduct } from '@/lib/imports/decide-row'
import { detectDelimiter } from '@/lib/imports/detect-delimiter'
import { limitRows, TooManyRowsError } from '@/lib/imports/limit-rows'
import { mapHeader } from '@/lib/imports/map-header'
import { orderedId } from '@/lib/imports/ordered-id'
import { inPieces } from '../../support/imports'

const fields = ['sku', 'title', 'price', 'onHand', 'currency'] as const
const check = (record: string[], currency = 'EUR') => checkRow(record, { rowNumber: 2, fields: [...fields], currency })

it.each([
  ['SKU,Title\nA;B;C;D,x', ','],
  ['SKU;Title;Price\n1,5', ';'],
  ['SKU\tTitle', '\t'],
  ['SKU|Title', '|'],
  ['"a,b,c";SKU', ';'],
  ['SKU', ','],
])('of %j the delimiter is %j', (head, delimiter) => {
  expect(detectDelimiter(head)).toBe(delimiter)
})

it('columns are known by many names, however they are written', () => {
  expect(mapHeader(['Article No.', 'NAME', 'unit_price', 'colour', 'Low-stock level'])).toEqual({
    ok: true,
    fields: ['sku', 'title', 'price', null, 'lowStockLevel'],
  })
})

describe('a row', () => {
  it.each([
    [['A', 'Ale', '1,50', '3', 'eur'], { sku: 'A', title: 'Ale', priceMinor: 150, onHand: 3 }],
    [['A', 'Ale', '1.234,50'], { priceMinor: 123_450 }],
    [['A', '', '', ''], { sku: 'A' }],
  ])('%j is read', (record, row) => {
    expect(check(record)).toMatchObject({ ok: true, row })
  })

  it.each([
    [['', 'Ale'], 'sku'],
    [['x'.repeat(65)], 'sku'],
    [['A', 'Ale', '1,234'], 'price'],
    [['A', 'Ale', '-1'], 'price'],
    [['A', 'Ale', '1', '-1'], 'onHand'],
    [['A', 'Ale', '1', '1', 'USD'], 'currency'],
    [['A', 'Ale', '1', '1', 'EUR', 'more'], 'row'],
  ])('%j is bad in its field', (record, field) => {
    expect(check(record)).toMatchObject({ ok: false, reject: { rowNumber: 2, field } })
  })

  it('of any cells is read or told to be bad, and done twice it changes nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 7 }), (record) => {
        const read = check(record)
        if (!read.ok) {
          expect(read.reject.reason).not.toBe('')
          return
        }
        const first = decideRow(read.row, undefined, 'EUR')
        if (first.kind !== 'created') {
          expect(first.kind).toBe('bad')
          return
        }
        const known: KnownProduct = { id: 'p', currency: 'EUR', reserved: 0, ...first.columns }
        expect(decideRow(read.row, known, 'EUR')).toEqual({ kind: 'unchanged' })
      }),
    )
  })

  it('with nothing in it is none', () => {
    expect([isBlank(['', ' ']), isBlank(['', 'x'])]).toEqual([true, false])
  })
})

it('UTF-8 is handed on as it came, however it is cut', async () => {
  const whole = async (bytes: Uint8Array, size: number) => {
    const pieces: Uint8Array[] = []
    for await (const piece of checkUtf8(inPieces(bytes, size))) pieces.push(piece)
    return Buffer.concat(pieces)
  }
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 9 }), async (text, size) => {
      const bytes = Buffer.from(text.replaceAll('\u0000', ''))
      expect(await whole(bytes, size)).toEqual(bytes)
    }),
  )
  await expect(whole(Buffer.from([0x41, 0xff]), 1)).rejects.toThrow(WrongEncodingError)
})

it('a bad row is handed back as text, never as a formula', () => {
  expect(csvLine(['1', '=HYPERLINK("x")', ' +1', '@a', 'plain, "quoted"'])).toBe(
    `1,"'=HYPERLINK(""x"")",' +1,'@a,"plain, ""quoted"""\r\n`,
  )
})

it('the pace tells rows a second and the time left', () => {
  const startedAt = new Date(0)
  const of = { position: 250, bytes: 1_000, rowsRead: 500, startedAt, endedAt: null }
  expect(paceOf(of, new Date(1_000))).toEqual({ percent: 25, rowsPerSecond: 500, msLeft: 3_000 })
  expect(paceOf({ ...of, position: 0, startedAt: null }, new Date(1_000)).msLeft).toBeNull()
})

describe('of a file', () => {
  const csv = 'SKU,Title\r\n"A","Two\nlines, ""quoted"""\r\n\r\n , ,\nB,5" pipe\nC,\rD,"Dip"'
  const send = async (most: number, size: number) => {
    const pieces: Uint8Array[] = []
    for await (const piece of limitRows(inPieces(csv, size), most)) pieces.push(piece)
    return Buffer.concat(pieces).toString()
  }

  it.each([1, 3, 1_000])('the rows are counted that have ended, in pieces of %i bytes', async (size) => {
    expect(await send(3, size)).toBe(csv)
    await expect(send(2, size)).rejects.toThrow(TooManyRowsError)
  })
})

it('an id sorts after those of the milliseconds before, and no two are the same', () => {
  const ids = [1, 2, 1_764_000_000_000, 1_764_000_000_001].map((ms) => orderedId(new Date(ms)))
  expect(ids.toSorted()).toEqual(ids)
  for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
  const at = new Date()
  expect(new Set(Array.from({ length: 1_000 }, () => orderedId(at))).size).toBe(1_000)
})
