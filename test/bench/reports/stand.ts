import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { freePort } from '../../../local/ports'
import { type Running, startAll } from '../../../local/start-all'
import { familyOf, peakMbOf, usageOf } from '../processes'
import type { Workbench } from '../workbench'

/** What a process has held at most, in MB, and the CPU that it has used meanwhile, in seconds; by its name. */
export type Use = Record<string, { peakMb: number; cpuSeconds: number }>

export type Stand = { running: Running; database: pg.Client; useOf: <T>(work: () => Promise<T>) => Promise<[T, Use]> }

/** The product as `npm start` serves it, on a database of the workbench. */
export async function onStand<T>(
  { dir, cluster }: Workbench,
  databaseUrl: string,
  env: Record<string, string>,
  work: (stand: Stand) => Promise<T>,
): Promise<T> {
  const dataDir = mkdtempSync(join(dir, 'data-'))
  const own = { BACKROOM_MODE: 'local', BACKROOM_DATA_DIR: dataDir, PORT: '0', DATABASE_URL: databaseUrl }
  const source = { ...process.env, ...own, LOG_LEVEL: 'warn', ENGINE_PORT: String(await freePort()), ...env }
  const running = await startAll({ command: 'start', source, say: console.error, withSeed: false })
  const database = new pg.Client(databaseUrl)
  await database.connect()
  const { engine, app, mail } = running.children
  const processes = { engine: engine?.pid, app: app.pid, 'mail sandbox': mail?.pid, PostgreSQL: cluster.child.pid }
  try {
    return await work({ running, database, useOf: (measured) => useOf(processes, measured) })
  } finally {
    await database.end()
    await running.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Of PostgreSQL, which is many processes, the largest one's memory and the CPU of all. */
async function useOf<T>(processes: Record<string, number | undefined>, work: () => Promise<T>): Promise<[T, Use]> {
  const cpuMs = () => Object.values(processes).map((pid) => usageOf(familyOf(pid ?? 0)).cpuMs)
  const before = cpuMs()
  const done = await work()
  const after = cpuMs()
  const use = Object.entries(processes).map(([name, pid], i) => {
    const peakMb = Math.max(...familyOf(pid ?? 0).map(peakMbOf))
    return [name, { peakMb, cpuSeconds: ((after[i] ?? 0) - (before[i] ?? 0)) / 1_000 }]
  })
  return [done, Object.fromEntries(use)]
}
