import { z } from 'zod'
import { Prisma } from '../db'

/** What a list can be sorted by; a minus is the other way round. */
export const productSorts = [
  'low',
  'title',
  '-title',
  'price',
  '-price',
  'stock',
  '-stock',
  'updated',
  '-updated',
] as const

export type ProductSort = (typeof productSorts)[number]

/** What a line of a list is sorted by. */
type SortedLine = {
  id: string
  searchText: string
  priceMinor: number
  available: number
  isAmple: boolean
  updatedAt: Date
}

const text = z.string().max(1_000)
const whole = z.number().int().min(-2_147_483_648).max(2_147_483_647)
const instant = z.number().int().min(0).max(4_102_444_800_000)

/** The columns of each sort, the values that a line has in them, and what a cursor may bring of them. */
const orders = {
  low: {
    columns: [Prisma.sql`"isAmple"`, Prisma.sql`"searchText"`],
    valuesOf: (line: SortedLine) => [line.isAmple, line.searchText],
    values: z.tuple([z.boolean(), text, text]),
  },
  title: {
    columns: [Prisma.sql`"searchText"`],
    valuesOf: (line: SortedLine) => [line.searchText],
    values: z.tuple([text, text]),
  },
  price: {
    columns: [Prisma.sql`"priceMinor"`],
    valuesOf: (line: SortedLine) => [line.priceMinor],
    values: z.tuple([whole, text]),
  },
  stock: {
    columns: [Prisma.sql`"available"`],
    valuesOf: (line: SortedLine) => [line.available],
    values: z.tuple([whole, text]),
  },
  updated: {
    columns: [Prisma.sql`"updatedAt"`],
    valuesOf: (line: SortedLine) => [line.updatedAt.getTime()],
    values: z.tuple([instant, text]),
  },
}

/** The order of a list as SQL. The id comes last, so that no two lines are in one place. */
export function orderOf(sort: ProductSort): Prisma.Sql {
  const way = isDescending(sort) ? Prisma.sql`DESC` : Prisma.sql`ASC`
  return Prisma.join(columnsOf(sort).map((column) => Prisma.sql`${column} ${way}`))
}

/** Where a page ended, for an address bar. */
export function cursorOf(sort: ProductSort, line: SortedLine): string {
  return Buffer.from(JSON.stringify([...orders[nameOf(sort)].valuesOf(line), line.id])).toString('base64url')
}

/** What lies beyond a cursor as SQL; null for a text that is no cursor of this sort. */
export function beyond(sort: ProductSort, cursor: string): Prisma.Sql | null {
  const read = orders[nameOf(sort)].values.safeParse(jsonOf(cursor))
  if (!read.success) return null
  const values = read.data.map((value) =>
    typeof value === 'number' && nameOf(sort) === 'updated' ? new Date(value) : value,
  )
  const sign = isDescending(sort) ? Prisma.sql`<` : Prisma.sql`>`
  return Prisma.sql`(${Prisma.join(columnsOf(sort))}) ${sign} (${Prisma.join(values)})`
}

const isDescending = (sort: ProductSort) => sort.startsWith('-')
const nameOf = (sort: ProductSort) => sort.replace('-', '') as keyof typeof orders
const columnsOf = (sort: ProductSort) => [...orders[nameOf(sort)].columns, Prisma.sql`"id"`]

function jsonOf(cursor: string): unknown {
  try {
    // A NUL is a text to JSON, and none to the database.
    return JSON.parse(Buffer.from(cursor, 'base64url').toString().replaceAll('\\u0000', ''))
  } catch {
    return null
  }
}
