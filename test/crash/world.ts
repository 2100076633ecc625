import { join } from 'node:path'
import { hashedKey } from '../../lib/engine-api'
import { ensureBuild } from '../../local/build'
import { openDatabase } from '../../local/database'
import { registerApp } from '../../local/register'
import { readSecrets } from '../../local/secrets'
import { withDatabase } from '../support/with-database'
import type { Victim } from './blow-plan'
import { LeaderProxy } from './leader-proxy'
import { type AppKind, freePorts, partsOf, urlAt } from './parts'
import { postmasterOf } from './postmaster'
import { installWitness } from './workload/stored'

/** Every part as a process of its own, each started again when it dies. */
export type CrashWorld = {
  appUrl: string
  /** Of whichever engine leads. */
  engineUrl: string
  eventKey: string
  mailUrl: string
  paymentsUrl: string
  databaseUrl: string
  /** Where the workload notes what it has executed. */
  executionsFile: string
  /** The engine that leads, by its place, or −1; and whether another one stands by. */
  readonly leader: number
  readonly hasStandby: boolean
  /** The process to strike, as its group's negative id where it has one; undefined while it is not up. */
  pidOf: (victim: Victim) => number | undefined
  /** Whether all that the work needs is up: an engine that leads, both apps, the database. */
  readonly isWhole: boolean
  /** The place of the engine that is next seen to lead. */
  nextLead: () => Promise<number>
  /** Moves time on once; false when it could not be finished, and has to be asked for again. */
  move: (to: Date) => Promise<boolean>
  stop: () => Promise<void>
}

const quiet = () => {}
const needed = ['leader', 'app', 'workload', 'postgres', 'payments', 'mail'] as const

/**
 * The product and a workload beside it, as two apps of one engine that has a standby and a proxy before both; PostgreSQL,
 * and the sandboxes.
 * @param appKind the product as a plain Node server, or as Next serves it.
 */
export async function openCrashWorld(dir: string, appKind: AppKind): Promise<CrashWorld> {
  if (appKind === 'next') ensureBuild(quiet)
  const database = await openDatabase(undefined, dir, quiet)
  const secrets = readSecrets(dir)
  const ports = await freePorts()
  const executionsFile = join(dir, 'executions.jsonl')
  const { app, workload, engines, mail, payments } = partsOf({
    dir,
    databaseUrl: database.url,
    secrets,
    ports,
    appKind,
    executionsFile,
  })
  const proxy = await LeaderProxy.open(ports.proxy, [urlAt(ports.first), urlAt(ports.second)])
  const parts = [app, workload, ...engines, mail, payments]
  await Promise.all(parts.map((part) => part.start()))
  await Promise.all([registerApp(urlAt(ports.app)), registerApp(urlAt(ports.workload))])
  await withDatabase(database.url, installWitness)
  const pids: Record<Victim, () => number | undefined> = {
    leader: () => engines[proxy.find('leads')]?.group,
    standby: () => engines[proxy.find('stands by')]?.group,
    app: () => app.group,
    workload: () => workload.group,
    postgres: () => postmasterOf(dir),
    payments: () => payments.group,
    mail: () => mail.group,
  }
  return {
    ...{ executionsFile, appUrl: urlAt(ports.app), engineUrl: proxy.url, mailUrl: urlAt(ports.mail) },
    ...{ paymentsUrl: urlAt(ports.payments), databaseUrl: database.url, eventKey: secrets.eventKey },
    get leader() {
      return proxy.find('leads')
    },
    get hasStandby() {
      return proxy.find('stands by') >= 0
    },
    get isWhole() {
      return needed.every((victim) => pids[victim]() !== undefined)
    },
    pidOf: (victim) => pids[victim](),
    nextLead: () => proxy.nextLead(),
    move: (to) => move(proxy.url, secrets.signingKey, to),
    stop: async () => {
      for (const part of parts) await part.stop()
      proxy.close()
      await database.stop()
    },
  }
}

async function move(engineUrl: string, signingKey: string, to: Date): Promise<boolean> {
  try {
    const response = await fetch(`${engineUrl}/dev/clock`, {
      method: 'POST',
      headers: { authorization: `Bearer ${hashedKey(signingKey)}`, 'content-type': 'application/json' },
      body: JSON.stringify({ to: to.toISOString(), limitMs: 20_000 }),
    })
    return ((await response.json()) as { settled?: boolean }).settled === true
  } catch {
    return false
  }
}
