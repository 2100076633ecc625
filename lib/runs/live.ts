import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { env } from '../env'
import { log } from '../log'
import { CHANNEL } from './tell'

type Listener = (runIds: ReadonlySet<string>) => void
type Hub = { listeners: Set<Listener>; client: pg.Client | undefined; isOpening: boolean }

// On globalThis: one connection serves every follower in the process.
const shared = globalThis as typeof globalThis & { backroomLive?: Hub }
shared.backroomLive ??= { listeners: new Set(), client: undefined, isOpening: false }
const hub: Hub = shared.backroomLive

const REOPEN_AFTER_MS = 1_000

/**
 * Hears which runs have news, from whatever process it comes. The first follower opens the process's one listening
 * connection, the last one closes it. Before it is open, and while it is away, news may be missed: so a follower is
 * called with an empty set as soon as it hears, and when it hears again, and looks for itself.
 * @returns what ends the following.
 */
export function followRuns(listener: Listener): () => void {
  hub.listeners.add(listener)
  if (hub.client) queueMicrotask(() => hub.listeners.has(listener) && listener(new Set()))
  else void open()
  return () => {
    hub.listeners.delete(listener)
    if (hub.listeners.size === 0) close()
  }
}

async function open(): Promise<void> {
  if (hub.client || hub.isOpening) return
  hub.isOpening = true
  while (hub.listeners.size > 0) {
    const client = new pg.Client({ connectionString: env().databaseUrl, application_name: 'backroom-live' })
    client.on('error', () => reopen(client))
    client.on('end', () => reopen(client))
    client.on('notification', ({ payload }) => tell(new Set(payload?.split(' '))))
    try {
      await client.connect()
      await client.query(`LISTEN ${CHANNEL}`)
      hub.client = client
      tell(new Set())
      break
    } catch (error) {
      log.warn({ err: error }, 'the ledger’s news can’t be heard')
      client.end().catch(() => undefined)
      await sleep(REOPEN_AFTER_MS)
    }
  }
  hub.isOpening = false
  if (hub.listeners.size === 0) close()
}

function reopen(client: pg.Client): void {
  if (hub.client !== client) return
  hub.client = undefined
  if (hub.listeners.size > 0) void open()
}

function close(): void {
  const { client } = hub
  hub.client = undefined
  client?.end().catch(() => undefined)
}

function tell(runIds: ReadonlySet<string>): void {
  for (const listener of hub.listeners) listener(runIds)
}
