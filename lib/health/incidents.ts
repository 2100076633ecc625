import { type Actor, assertOperator } from '../auth/actor'
import { db, type Tx } from '../db'
import type { Incident } from '../db/generated/client'
import { isId } from '../is-id'

const PAGE = 50

/** Everything that is wrong now, the latest first. For programs of ours, which ask for nobody; pages ask `listIncidents`. */
export function listOpenIncidents(tx: Tx = db()): Promise<Incident[]> {
  return tx.incident.findMany({ where: { closedAt: null }, orderBy: [{ openedAt: 'desc' }, { id: 'desc' }] })
}

export type IncidentsPage = {
  open: Incident[]
  /** A page of those that are over, the latest first. */
  past: Incident[]
  nextCursor: string | null
}

/**
 * What is wrong, and a page of what was.
 * @param cursor the last page's `nextCursor`.
 */
export async function listIncidents(
  actor: Pick<Actor, 'isOperator'>,
  { cursor }: { cursor?: string | undefined } = {},
): Promise<IncidentsPage> {
  assertOperator(actor)
  const [open, found] = await Promise.all([
    listOpenIncidents(),
    db().incident.findMany({
      where: { closedAt: { not: null } },
      orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
      take: PAGE + 1,
      ...(cursor && isId(cursor) ? { cursor: { id: cursor }, skip: 1 } : {}),
    }),
  ])
  const past = found.slice(0, PAGE)
  return { open, past, nextCursor: found.length > PAGE ? (past.at(-1)?.id ?? null) : null }
}

/** How many incidents are open: every page of the console asks. */
export async function countOpenIncidents(actor: Pick<Actor, 'isOperator'>): Promise<number> {
  assertOperator(actor)
  return db().incident.count({ where: { closedAt: null } })
}
