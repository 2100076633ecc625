import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { textFetch } from '@/inngest/fetch'
import { ensureDatabase } from '../../local/postgres/cluster'
import { median, quantile, tableOf } from './figures'
import { type Aim, fine, missesOf, type Report } from './report'
import { watchEnds } from './run-ends'
import { EVENT_KEY, openStage, type Stage } from './stage'
import { onWorkbench } from './workbench'
import type { Counts } from './workloads'

const EVENTS = 400
const EVERY_MS = 50
/** The first ones, which open the connections. */
const WARM_UP = 40
const RUNS = 150
/** So many runs of three steps make both engines, and the app of each, run their compiled code, as they do in service. */
const RUNS_BEFORE = 1_500

export type Spread = { p50Ms: number; p99Ms: number }

/** `leastThreeSteps` is what the same run takes with an engine that does nothing but call and answer. */
type Found = { toFirstLine: Spread; threeSteps: Spread; leastThreeSteps: Spread; fsyncMs: number }

const MOST: Spread = { p50Ms: 8, p99Ms: 30 }
const MOST_THREE_STEPS_MS = 12

/** How long an event takes to reach its function, and a run of three steps to its end; app as plain Node. */
export async function benchLatency(): Promise<Report> {
  return onWorkbench(async ({ cluster, dir }) => {
    const databaseUrl = await ensureDatabase(cluster, 'bench_latency')
    const stage = await openStage({ app: 'node', engine: 'ours', databaseUrl, dir })
    const bare = await openStage({ app: 'node', engine: 'null', databaseUrl, dir })
    await warmUp(stage, bare)
    const found: Found = {
      toFirstLine: await measureLatency(stage),
      ...(await timeThreeSteps(stage, bare)),
      fsyncMs: fsyncTime(dir),
    }
    await stage.stop()
    await bare.stop()
    const aims = aimsOf(found)
    return { text: textOf(found), figures: found, aims, misses: missesOf(aims) }
  })
}

/** From sending an event to the first line of its function, at 20 events a second. */
export async function measureLatency(stage: Pick<Stage, 'engineUrl' | 'counts'>): Promise<Spread> {
  return spreadOf(await firstLines(() => sendOne(stage, 'latency'), stage.counts))
}

/**
 * Sends at 20 a second, and waits for all to have arrived.
 * @returns milliseconds from the sending to the first line of each but the first ones.
 */
export async function firstLines(sendOne: () => Promise<unknown>, counts: () => Promise<Counts>): Promise<number[]> {
  const startedAt = performance.now()
  for (let n = 0; n < EVENTS; n++) {
    void sendOne()
    await sleep(Math.max(0, startedAt + (n + 1) * EVERY_MS - performance.now()))
  }
  for (let looks = 0; ; looks++) {
    const { firstLines } = await counts()
    if (firstLines.length === EVENTS) return firstLines.slice(WARM_UP)
    if (looks === 50) throw new Error(`${firstLines.length} of ${EVENTS} events arrived`)
    await sleep(100)
  }
}

/** From sending an event to the commit that ends its run of three steps; one run after the other, in turns. */
async function timeThreeSteps(stage: Stage, bare: Stage): Promise<Pick<Found, 'threeSteps' | 'leastThreeSteps'>> {
  const ends = await watchEnds(stage.options.databaseUrl)
  const [ours, least]: [number[], number[]] = [[], []]
  for (let n = 0; n < RUNS; n++) {
    const startedAt = performance.now()
    const [id] = await sendOne(stage, 'three')
    ours.push((await ends.endOf(id ?? '')) - startedAt)
    await sleep(EVERY_MS)
    const calledAt = performance.now()
    await runBare(bare)
    least.push(performance.now() - calledAt)
    await sleep(EVERY_MS)
  }
  await ends.close()
  return { threeSteps: spreadOf(ours.slice(WARM_UP)), leastThreeSteps: spreadOf(least.slice(WARM_UP)) }
}

async function warmUp(stage: Stage, bare: Stage): Promise<void> {
  const ends = await watchEnds(stage.options.databaseUrl)
  for (let n = 0; n < RUNS_BEFORE; n++) {
    const [id] = await sendOne(stage, 'three')
    await ends.endOf(id ?? '')
    await runBare(bare)
  }
  await ends.close()
}

const runBare = async ({ engineUrl }: Stage) => (await textFetch(`${engineUrl}/run/three`, { method: 'POST' })).text()

export async function sendOne({ engineUrl }: Pick<Stage, 'engineUrl'>, name: string): Promise<string[]> {
  const body = JSON.stringify({ name: `bench/${name}`, data: { sentAt: Date.now() } })
  const response = await textFetch(`${engineUrl}/e/${EVENT_KEY}`, { method: 'POST', body })
  return ((await response.json()) as { ids: string[] }).ids
}

export function spreadOf(times: number[]): Spread {
  return { p50Ms: median(times), p99Ms: quantile(times, 0.99) }
}

/** What one forced write costs on this disk, in milliseconds: each commit pays it. */
function fsyncTime(dir: string): number {
  const file = openSync(join(dir, 'fsync-probe'), 'w')
  const times = Array.from({ length: 50 }, () => {
    const startedAt = performance.now()
    writeSync(file, 'x'.repeat(8_192))
    fdatasyncSync(file)
    return performance.now() - startedAt
  })
  closeSync(file)
  return median(times)
}

function aimsOf({ toFirstLine, threeSteps }: Found): Aim[] {
  const aim = (what: string, found: number, most: number) => ({
    ...{ what, aim: `≤ ${most} ms`, found: `${found.toFixed(1)} ms`, isMet: found <= most },
  })
  return [
    aim('send to first line at 20 a second, p50', toFirstLine.p50Ms, MOST.p50Ms),
    aim('send to first line at 20 a second, p99', toFirstLine.p99Ms, MOST.p99Ms),
    aim('three steps from send to end, median', threeSteps.p50Ms, MOST_THREE_STEPS_MS),
  ]
}

function textOf({ toFirstLine, threeSteps, leastThreeSteps, fsyncMs }: Found): string {
  const row = (name: string, { p50Ms, p99Ms }: Spread) => [name, fine(p50Ms), fine(p99Ms)]
  const rows = [
    row('send to first line, 20 a second', toFirstLine),
    row('three steps, send to end', threeSteps),
    row('the same with the null engine', leastThreeSteps),
  ]
  return `${tableOf(['app as plain Node', 'p50 ms', 'p99 ms'], rows)}\n\none forced write: ${fine(fsyncMs)} ms`
}
