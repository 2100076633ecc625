import { ledgerDb } from '../db'
import { findServerRun, listServerRuns, ServerAwayError, type ServerRun } from '../inngest-api'
import { log } from '../log'
import { confirmEnd } from './confirm-end'
import { tellRuns } from './tell'

/** A run that the server says is under way is asked about again after so long. */
const AGAIN_AFTER_MS = 5 * 60_000
/** And one that it could not be asked about. */
const SOON_MS = 30_000
const AT_ONCE = 50
/** A run that is still not seen by then is of a function that is not ours, or waits for a turn that may never come. */
const LONGEST_AWAITED_MS = 24 * 3_600_000

type Silent = { id: string; functionId: string; status: string }

/**
 * Asks the server about runs that should have had news by now, and writes what it says.
 * @param at business time.
 * @returns how many were asked about; more than none means that there may be more to ask about now.
 */
export async function lookUpSilentRuns(at: Date): Promise<number> {
  const silent = await ledgerDb().$queryRaw<Silent[]>`
    UPDATE "Run" SET "lookUpAt" = ${new Date(at.getTime() + AGAIN_AFTER_MS)}
    WHERE "id" IN (
      SELECT "id" FROM "Run" WHERE "lookUpAt" <= ${at} ORDER BY "lookUpAt" LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED
    )
    RETURNING "id", "functionId", "status"::text`
  let isServerAway = false
  await inTurn(silent, async (run) => {
    try {
      await settle(run, await findServerRun(run.id), at)
    } catch (error) {
      if (!(error instanceof ServerAwayError)) throw error
      isServerAway = true
      const soon = new Date(at.getTime() + SOON_MS)
      await ledgerDb().run.updateMany({ where: { id: run.id, isConfirmed: false }, data: { lookUpAt: soon } })
    }
  })
  return isServerAway ? 0 : silent.length
}

async function settle({ id, functionId, status }: Silent, told: ServerRun | null, at: Date): Promise<void> {
  if (told?.status === 'Running') return reopen(id, status)
  const end = { runId: id, functionId, endedAt: told?.endedAt ?? at }
  if (!told && status === 'failed') return confirmEnd({ ...end, status })
  if (!told) {
    log.warn({ runId: id, functionId }, 'the server no longer knows a run that had not ended')
    await confirmEnd({
      ...end,
      status: 'cancelled',
      error: { name: 'UnknownRun', message: 'The server no longer knows this run.' },
    })
  } else if (told.status === 'Completed') await confirmEnd({ ...end, status: 'completed', output: told.output })
  else if (told.status === 'Failed') await confirmEnd({ ...end, status: 'failed', error: told.output })
  else await confirmEnd({ ...end, status: 'cancelled' })
}

/** The app's last answer, by which the run had failed, never reached the server: the run goes on. */
async function reopen(id: string, status: string): Promise<void> {
  if (status !== 'failed') return
  await ledgerDb().$transaction(async (tx) => {
    await tx.run.updateMany({
      where: { id, status: 'failed', isConfirmed: false },
      data: { status: 'running', endedAt: null },
    })
    await tellRuns(tx, [id])
  })
}

type Awaited = { eventId: string; functionId: string; eventName: string; serverEventId: string; dueAt: Date }

/**
 * Asks the server about events of which no run was seen: a run that it tells of is written, and where there is none
 * (an expression did not fit, or a limit has dropped it) nothing is awaited any more.
 * @returns how many were asked about.
 */
export async function lookUpAwaitedRuns(at: Date): Promise<number> {
  const awaited = await ledgerDb().$queryRaw<Awaited[]>`
    UPDATE "AwaitedRun" SET "lookUpAt" = ${new Date(at.getTime() + AGAIN_AFTER_MS)}
    WHERE ("eventId", "functionId") IN (
      SELECT "eventId", "functionId" FROM "AwaitedRun" WHERE "lookUpAt" <= ${at}
      ORDER BY "lookUpAt" LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED
    )
    RETURNING "eventId", "functionId", "eventName", "serverEventId", "dueAt"`
  const functionOf = new Map(
    (await ledgerDb().serverFunction.findMany()).map(({ serverId, functionId }) => [serverId, functionId]),
  )
  let isServerAway = false
  await inTurn(awaited, async (pair) => {
    try {
      const runs = await listServerRuns(pair.serverEventId)
      const own = runs.find(({ functionServerId }) => functionOf.get(functionServerId) === pair.functionId)
      if (own) return await fillIn(pair, own)
      // A function of which no call was ever seen is not known by the server's id: its run may be one of these.
      const mayBeOne = runs.some(({ functionServerId }) => !functionOf.has(functionServerId))
      if (mayBeOne && at.getTime() - pair.dueAt.getTime() < LONGEST_AWAITED_MS) return
      await close(pair)
    } catch (error) {
      if (!(error instanceof ServerAwayError)) throw error
      isServerAway = true
    }
  })
  return isServerAway ? 0 : awaited.length
}

async function fillIn(pair: Awaited, told: ServerRun): Promise<void> {
  const { runId, startedAt, status } = told
  await ledgerDb().$executeRaw`
    INSERT INTO "Run" ("id", "functionId", "status", "eventId", "eventName", "events", "queuedAt", "calledAt", "lookUpAt")
    VALUES (${runId}, ${pair.functionId}, 'queued', ${pair.eventId}, ${pair.eventName}, '[]', ${pair.dueAt}, ${pair.dueAt},
      ${new Date(startedAt.getTime() + AGAIN_AFTER_MS)})
    ON CONFLICT DO NOTHING`
  if (status !== 'Running') await settle({ id: runId, functionId: pair.functionId, status: 'queued' }, told, startedAt)
  await close(pair)
}

async function close({ eventId, functionId }: Awaited): Promise<void> {
  await ledgerDb().awaitedRun.deleteMany({ where: { eventId, functionId } })
}

/** Five at a time: the server has other things to do. */
async function inTurn<T>(items: T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items]
  const lane = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: 5 }, lane))
}
