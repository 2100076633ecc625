import { setTimeout as sleep } from 'node:timers/promises'
import { closeAccount } from '../../lib/accounts/close-account'
import { findActor } from '../../lib/auth/actor'
import { refreshClock } from '../../lib/clock'
import { closeDb, db } from '../../lib/db'
import type { Client } from './client'

/** Closes an account by the verb that the dashboard's button calls, and waits until the app has sent the event on. */
export async function closeAccountOf(client: Client, email: string): Promise<void> {
  const { databaseUrl, secrets, engineUrl, appUrl } = client.running
  Object.assign(process.env, {
    BACKROOM_MODE: 'local',
    BACKROOM_ENGINE: 'embedded',
    DATABASE_URL: databaseUrl,
    SESSION_SECRET: secrets.sessionSecret,
    INNGEST_BASE_URL: engineUrl,
    INNGEST_EVENT_KEY: secrets.eventKey,
    INNGEST_SIGNING_KEY: secrets.signingKey,
    APP_URL: appUrl,
  })
  try {
    await refreshClock()
    const actor = await findActor(new Headers({ cookie: client.cookieOf(email) }))
    if (!actor) throw new Error(`${email} is not signed in`)
    await closeAccount(actor)
    while (await db().outboxEvent.findFirst({ where: { status: 'pending' } })) await sleep(50)
  } finally {
    await closeDb()
  }
}
