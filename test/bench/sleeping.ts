import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { answersAt } from '../../local/answers'
import { ensureDatabase } from '../../local/postgres/cluster'
import { median, tableOf } from './figures'
import { familyOf, peakMbOf, usageOf } from './processes'
import { type Aim, fine, missesOf, type Report, type Settings, whole } from './report'
import { openStage, type Stage } from './stage'
import { send } from './throughput'
import { onWorkbench } from './workbench'

const RUNS = 100_000
const PART = 5_000
const MOST_MB = 300
const MOST_SECONDS = 5
const SETTLE_MS = 10_000

/** What the engine's processes hold: at one moment, and the engine itself at most since its start. */
type Memory = { mb: number; peakMb: number }
type Start = { seconds: number; ready: Memory; settled: Memory }

/** What 100,000 sleeping runs cost: the engine that put them to sleep, and one that is started when they sleep. */
export async function benchSleeping({ rounds }: Settings): Promise<Report> {
  return onWorkbench(async ({ cluster, dir }) => {
    const databaseUrl = await ensureDatabase(cluster, 'sleeping')
    const stage = await openStage({ app: 'null', engine: 'ours', databaseUrl, dir })
    await putToSleep(stage)
    const asleep = memoryOf(stage)
    const starts: Start[] = []
    for (let round = 0; round < rounds; round++) starts.push(await startAnew(stage))
    await stage.stop()
    const aims = aimsOf(asleep, starts)
    return { text: textOf(asleep, starts), figures: { asleep, starts }, aims, misses: missesOf(aims) }
  })
}

async function putToSleep(stage: Stage): Promise<void> {
  for (let sent = 0; sent < RUNS; sent += PART) await send(stage, 'sleeper', PART)
  const client = new pg.Client(stage.options.databaseUrl)
  await client.connect()
  for (let asleep = 0; asleep < RUNS; await sleep(500)) {
    const { rows } = await client.query(`SELECT count(*)::int AS n FROM engine.item WHERE kind = 'wake'`)
    asleep = rows[0].n
    console.error(`${asleep} runs sleep`)
  }
  await client.end()
}

/** Kills the engine; it is started again as `npm start` would. */
async function startAnew({ engine, engineUrl }: Stage): Promise<Start> {
  const killed = engine.pid
  const startedAt = performance.now()
  if (killed) process.kill(killed, 'SIGKILL')
  while (engine.pid === killed || !(await answersAt(`${engineUrl}/health`))) await sleep(5)
  const seconds = (performance.now() - startedAt) / 1_000
  const ready = memoryOf({ engine })
  await sleep(SETTLE_MS)
  return { seconds, ready, settled: memoryOf({ engine }) }
}

function memoryOf({ engine: { pid } }: Pick<Stage, 'engine'>): Memory {
  return pid ? { mb: usageOf(familyOf(pid)).rssMb, peakMb: peakMbOf(pid) } : { mb: Number.NaN, peakMb: Number.NaN }
}

function aimsOf(asleep: Memory, starts: Start[]): Aim[] {
  const mb = Math.max(asleep.mb, ...starts.flatMap(({ ready, settled }) => [ready.mb, settled.mb]))
  const seconds = Math.max(...starts.map((start) => start.seconds))
  const what = '100,000 sleeping runs'
  return [
    { what: `${what}: memory of the engine`, aim: `< ${MOST_MB} MB`, found: `${whole(mb)} MB`, isMet: mb < MOST_MB },
    {
      ...{ what: `${what}: start-up`, aim: `< ${MOST_SECONDS} s`, found: `${fine(seconds)} s` },
      isMet: seconds < MOST_SECONDS,
    },
  ]
}

function textOf(asleep: Memory, starts: Start[]): string {
  const row = (name: string, { mb, peakMb }: Memory, seconds = '') => [name, seconds, whole(mb), whole(peakMb)]
  const rows = [
    row('the engine that put them to sleep', asleep),
    ...starts.flatMap(({ seconds, ready, settled }) => [
      row('killed and started', ready, fine(seconds)),
      row(`… after ${SETTLE_MS / 1_000} s`, settled),
    ]),
  ]
  const seconds = median(starts.map((start) => start.seconds))
  const how = `start-up: median ${fine(seconds)} s, from the kill to its first answer; peak is the one process's own`
  return `${tableOf([`${RUNS} sleeping runs`, 'start s', 'MB', 'peak MB'], rows)}\n\n${how}`
}
