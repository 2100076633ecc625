import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { ensureDatabase } from '../../local/postgres/cluster'
import { median, tableOf } from './figures'
import { type Aim, fine, missesOf, type Report, type Settings, whole } from './report'
import { EVENT_KEY, openStage, type Stage } from './stage'
import { inTurns } from './throughput'
import { onWorkbench, type Workbench } from './workbench'
import { FAN_PART } from './workloads'

const EVENTS = 100_000
const MOST_RATIO = 2.1

/**
 * One run sends events by its steps, each of which starts a run: how long until all have ended, with half as many
 * events and with all. Each time on a database of its own; app as plain Node.
 */
export async function benchFanOut({ rounds }: Settings): Promise<Report> {
  return onWorkbench(async (bench) => {
    const [halves, wholes] = await inTurns(
      rounds,
      () => fanOut(bench, EVENTS / 2),
      () => fanOut(bench, EVENTS),
    )
    // Of neighbours in time; the middle of that.
    const ratio = median(wholes.map((seconds, i) => seconds / (halves[i] ?? Number.NaN)))
    const aim: Aim = {
      what: `fan-out: ${EVENTS} events beside ${EVENTS / 2}`,
      aim: `≤ ${MOST_RATIO} times the time`,
      found: fine(ratio),
      isMet: ratio <= MOST_RATIO,
    }
    const rows = [
      [EVENTS / 2, halves],
      [EVENTS, wholes],
    ] as const
    const lines = rows.map(([events, seconds]) => {
      const middle = median(seconds)
      return [String(events), fine(middle), whole(events / middle)]
    })
    const text = `${tableOf(['events', 'seconds', 'runs/s'], lines)}\n\n${fine(ratio)} times the time; ${FAN_PART} events a step`
    return { text, figures: { ratio, halves, wholes }, aims: [aim], misses: missesOf([aim]) }
  })
}

let fans = 0

/** @returns seconds from the event that starts the fan to the end of the last run. */
async function fanOut({ cluster, dir }: Workbench, events: number): Promise<number> {
  const databaseUrl = await ensureDatabase(cluster, `fan_out_${++fans}`)
  const stage = await openStage({ app: 'node', engine: 'ours', databaseUrl, dir })
  const startedAt = performance.now()
  const body = JSON.stringify({ name: 'bench/fan', data: { events } })
  await (await fetch(`${stage.engineUrl}/e/${EVENT_KEY}`, { method: 'POST', body })).text()
  while (((await stage.counts()).runs.none ?? 0) < events) await sleep(50)
  await allEnded(stage, events + 1)
  const seconds = (performance.now() - startedAt) / 1_000
  console.error(`${events} events: ${fine(seconds)} s`)
  await stage.stop()
  return seconds
}

/** The app counts a run when its last line has run; its end is on disk a moment later. */
async function allEnded({ options }: Stage, runs: number): Promise<void> {
  const client = new pg.Client(options.databaseUrl)
  await client.connect()
  for (let ended = 0; ended < runs; await sleep(20)) {
    const { rows } = await client.query(`SELECT count(*)::int AS n FROM engine.run WHERE status = 'completed'`)
    ended = rows[0].n
  }
  await client.end()
}
