import type pg from 'pg'
import type { Logger } from 'pino'
import { type Connect, isConnectionError } from '../store/connect'
import { installSchema, readVersion } from '../store/install'
import { beginEpoch, currentEpoch, endLead, findLeader, tryToLead } from '../store/leadership'
import { sleep, type Timers } from '../timers'
import { LeaderWatch } from './leader-watch'
import type { Lease } from './lease'

/** Another engine leads by now: this one may write nothing more. */
export class LostLead extends Error {
  override name = 'LostLead'
}

/** Where the lead is to be had, and what it takes to wait for it. */
export type Seat = { databaseUrl: string; connect: Connect; timers: Timers; lease: Lease; log: Logger }

/** The session that leads, through which everything is written, and the epoch that it has begun. */
export type Lead = { writer: pg.Client; epoch: number }

/**
 * Waits for the lead; then brings the tables up to date, and begins an epoch. Never before: an engine that still
 * leads, of an older version perhaps, finds its tables as it knows them.
 * @throws NewerDatabaseError
 */
export async function lead({ databaseUrl, connect, timers, lease, log }: Seat): Promise<Lead> {
  let writer = await connect.writer(databaseUrl)
  const { pollMs, takeOverMs } = lease
  const watch = new LeaderWatch(Math.ceil(takeOverMs / pollMs))
  for (let said = false; ; ) {
    try {
      const version = await readVersion(writer)
      if (await tryToLead(writer)) {
        await installSchema(writer)
        return { writer, epoch: await beginEpoch(writer) }
      }
      if (version > 0) await endHungLead(writer, watch, log)
      if (!said) log.info('another engine leads on this database; standing by')
      said = true
    } catch (error) {
      // A session that is left open would keep the lead, should it have it by now.
      writer.end().catch(() => undefined)
      if (!isConnectionError(error)) throw error
      writer = await connect.writer(databaseUrl).catch(() => writer)
    }
    await sleep(timers, pollMs)
  }
}

/** A leader whose process hangs keeps its session, and so the lead; its session is ended from here. */
async function endHungLead(db: pg.Client, watch: LeaderWatch, log: Logger): Promise<void> {
  const leader = await findLeader(db)
  if (!leader || !watch.isHung(leader)) return
  log.warn({ session: leader.pid }, 'the engine that leads shows no sign of life; taking over')
  await endLead(db, leader)
}

/**
 * Leads again after the connection was lost.
 * @throws LostLead when another engine does; another error when it is worth trying again.
 */
export async function leadAgain(
  old: pg.Client,
  { databaseUrl, connect }: Pick<Seat, 'databaseUrl' | 'connect'>,
  epoch: number,
): Promise<pg.Client> {
  // A session that still lives still leads: only its last statement failed.
  if (await isAlive(old)) {
    await checkEpoch(old, epoch)
    return old
  }
  old.end().catch(() => undefined)
  const writer = await connect.writer(databaseUrl)
  try {
    const leads = await tryToLead(writer)
    await checkEpoch(writer, epoch)
    if (!leads) throw new Error('the old session still holds the lead')
    return writer
  } catch (error) {
    writer.end().catch(() => undefined)
    throw error
  }
}

async function checkEpoch(writer: pg.Client, epoch: number): Promise<void> {
  if ((await currentEpoch(writer)) !== epoch) throw new LostLead('another engine has taken over')
}

async function isAlive(client: pg.Client): Promise<boolean> {
  try {
    await client.query('ROLLBACK')
    return true
  } catch {
    return false
  }
}
