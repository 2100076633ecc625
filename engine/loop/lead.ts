import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Logger } from 'pino'
import { connectWriter, isConnectionError } from '../store/connect'
import { installSchema } from '../store/install'
import { currentEpoch, tryToLead } from '../store/leadership'

/** Another engine leads by now: this one may write nothing more. */
export class LostLead extends Error {
  override name = 'LostLead'
}

/** Real milliseconds between two tries for the lead. */
const STANDBY_PAUSE_MS = 250

/** Installs the tables and waits for the lead. @returns the session that leads, through which everything is written. */
export async function lead(databaseUrl: string, log: Logger): Promise<pg.Client> {
  let writer = await connectWriter(databaseUrl)
  let isInstalled = false
  for (let said = false; ; said = true) {
    try {
      if (!isInstalled) await installSchema(writer)
      isInstalled = true
      if (await tryToLead(writer)) return writer
      if (!said) log.info('another engine leads on this database; standing by')
    } catch (error) {
      if (!isConnectionError(error)) throw error
      writer = await connectWriter(databaseUrl).catch(() => writer)
    }
    await sleep(STANDBY_PAUSE_MS)
  }
}

/**
 * Leads again after the connection was lost.
 * @throws LostLead when another engine does; another error when it is worth trying again.
 */
export async function leadAgain(old: pg.Client, databaseUrl: string, epoch: number): Promise<pg.Client> {
  // A session that still lives still leads: only its last statement failed.
  if (await isAlive(old)) return old
  old.end().catch(() => undefined)
  const writer = await connectWriter(databaseUrl)
  try {
    const leads = await tryToLead(writer)
    if ((await currentEpoch(writer)) !== epoch) throw new LostLead('another engine has taken over')
    if (!leads) throw new Error('the old session still holds the lead')
    return writer
  } catch (error) {
    writer.end().catch(() => undefined)
    throw error
  }
}

async function isAlive(client: pg.Client): Promise<boolean> {
  try {
    await client.query('ROLLBACK')
    return true
  } catch {
    return false
  }
}
