import { z } from 'zod'
import { type Actor, assertOperator } from '../auth/actor'
import { db, Prisma } from '../db'
import type { RunStatus } from '../db/generated/client'
import { recordsOfText } from './business-record'
import type { Progress } from './notes'
import { runStatuses } from './statuses'

const PAGE_SIZE = 50
const MOST_SEARCHED = 200

/** What an address bar may hold; whatever doesn't fit is as if it were not there. */
export const runFilter = z.object({
  status: z.enum(runStatuses).optional().catch(undefined),
  function: z
    .string()
    .regex(/^[\w.-]{1,100}$/)
    .optional()
    .catch(undefined),
  within: z.enum(['1h', '24h', '7d', '30d']).optional().catch(undefined),
  search: z.string().trim().optional().catch(undefined),
  cursor: z
    .string()
    .regex(/^\d{1,14}_[\w-]{1,64}$/)
    .optional()
    .catch(undefined),
})

export type RunFilter = z.infer<typeof runFilter>

export type RunLine = {
  id: string
  functionId: string
  status: RunStatus
  until: Date | null
  attempt: number
  record: string | null
  eventName: string
  queuedAt: Date
  startedAt: Date | null
  endedAt: Date | null
  /** What the error says, of one that failed. */
  message: string | null
  progress: Progress | null
}

export type RunPage = { runs: RunLine[]; nextCursor: string | null; problem?: string }

const hours = { '1h': 1, '24h': 24, '7d': 7 * 24, '30d': 30 * 24 }

const columns = Prisma.sql`
  "id", "functionId", "status"::text, "until", "attempt", "record", "eventName", "queuedAt", "startedAt", "endedAt",
  "error"->>'message' AS "message", "progress"`

/**
 * A page of the run ledger, newest first.
 * @param filter `search` is a run's id, an event's id, or a business record such as order/1042 or its id alone.
 * @param at business time, from which `within` counts back.
 */
export async function listRuns(actor: Pick<Actor, 'isOperator'>, filter: RunFilter, at: Date): Promise<RunPage> {
  assertOperator(actor)
  const search = filter.search?.replaceAll('\u0000', '')
  if (search && search.length > MOST_SEARCHED)
    return { runs: [], nextCursor: null, problem: `Search for at most ${MOST_SEARCHED} characters.` }
  const conditions = conditionsOf(filter, at)
  const runs = await db().$queryRaw<RunLine[]>`
    SELECT ${columns} FROM "Run" WHERE ${search ? searched(search, conditions) : conditions}
    ORDER BY "queuedAt" DESC, "id" DESC LIMIT ${PAGE_SIZE + 1}`
  return pageOf(runs)
}

function conditionsOf(filter: RunFilter, at: Date): Prisma.Sql {
  const conditions = [Prisma.sql`true`]
  if (filter.status) conditions.push(Prisma.sql`"status" = ${filter.status}::"run_status"`)
  if (filter.function) conditions.push(Prisma.sql`"functionId" = ${filter.function}`)
  if (filter.within)
    conditions.push(Prisma.sql`"queuedAt" >= ${new Date(at.getTime() - hours[filter.within] * 3_600_000)}`)
  if (filter.cursor) conditions.push(before(filter.cursor))
  return Prisma.join(conditions, ' AND ')
}

/**
 * One index each, then their union: an OR over them all would be looked for in every run there is. A record may have
 * thousands of runs, of which no more than a page is read; each stands in a branch of its own, so that PostgreSQL knows
 * which record it is and how many runs that one has.
 */
function searched(text: string, conditions: Prisma.Sql): Prisma.Sql {
  const ofRecords = recordsOfText(text).map(
    (record) => Prisma.sql`(
      SELECT "id" FROM "Run" WHERE "record" = ${record} AND ${conditions}
      ORDER BY "queuedAt" DESC, "id" DESC LIMIT ${PAGE_SIZE + 1}
    )`,
  )
  return Prisma.sql`"id" IN (
    SELECT "id" FROM "Run" WHERE "id" = ${text} AND ${conditions}
    UNION SELECT "id" FROM "Run" WHERE "eventId" = ${text} AND ${conditions}
    UNION ${Prisma.join(ofRecords, ' UNION ')}
  )`
}

function before(cursor: string): Prisma.Sql {
  const [ms, id] = cursor.split('_', 2)
  return Prisma.sql`("queuedAt", "id") < (${new Date(Number(ms))}, ${id ?? ''})`
}

function pageOf(runs: RunLine[]): RunPage {
  const page = runs.slice(0, PAGE_SIZE)
  const last = page.at(-1)
  const nextCursor = runs.length > PAGE_SIZE && last ? `${last.queuedAt.getTime()}_${last.id}` : null
  return { runs: page, nextCursor }
}
