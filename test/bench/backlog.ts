import { ensureDatabase } from '../../local/postgres/cluster'
import { median, tableOf } from './figures'
import { type Aim, fine, missesOf, percent, type Report, type Settings, whole } from './report'
import { openStage, type Stage } from './stage'
import {
  inTurns,
  measure,
  medianRound,
  medianShare,
  type Round,
  send,
  type Target,
  targetOf,
  toppedUp,
} from './throughput'
import { onWorkbench, type Workbench } from './workbench'

const [SHORT, LONG] = [1_000, 200_000]
const LEAST_SHARE = 0.9

/**
 * How fast the engine takes runs from a backlog of 200,000, beside one of 1,000: two engines on two databases, in
 * turns. The app only answers, since any other would be slower than the engine, and hide the difference; both backlogs
 * are kept at their size by sending.
 */
export async function benchBacklog({ ms, rounds }: Settings): Promise<Report> {
  return onWorkbench(async (bench) => {
    const [short, long] = [await openQueue(bench, SHORT), await openQueue(bench, LONG)]
    const [shorts, longs] = await inTurns(
      rounds,
      () => short.measure(ms),
      () => long.measure(ms),
    )
    for (const queue of [short, long]) await queue.stop()
    const share = medianShare(longs, shorts)
    const aim: Aim = {
      what: 'claim rate: 200,000 queued runs beside 1,000',
      aim: `≥ ${percent(LEAST_SHARE)}`,
      found: percent(share),
      isMet: share >= LEAST_SHARE,
    }
    const figures = { share, short: shorts, long: longs }
    return { text: textOf(shorts, longs, share), figures, aims: [aim], misses: missesOf([aim]) }
  })
}

type HeldQueue = { measure: (ms: number) => Promise<Round>; stop: () => Promise<void> }

/** An engine with so many runs that wait, since its app keeps its answers back between two rounds. */
async function openQueue({ cluster, dir }: Workbench, size: number): Promise<HeldQueue> {
  const databaseUrl = await ensureDatabase(cluster, `backlog_${size}`)
  const stage = await openStage({ app: 'null', engine: 'ours', databaseUrl, dir })
  await tell(stage, 'hold')
  const driver = toppedUp(stage.counts, 'none', (count) => send(stage, 'none', count), size)
  await driver.keepBusy()
  console.error(`${size} runs are queued`)
  const target: Target = {
    ...targetOf(stage, cluster.child.pid),
    driver: () => ({ keepBusy: driver.keepBusy, rest: () => tell(stage, 'hold') }),
  }
  return {
    // The engine waits for calls under way.
    stop: async () => void (await Promise.all([stage.stop(), tell(stage, 'go')])),
    measure: async (ms) => {
      await tell(stage, 'go')
      const round = await measure(target, 'none', ms)
      console.error(`${size} queued: ${whole(round.runsPerSecond)} runs/s`)
      return round
    },
  }
}

async function tell({ appUrl }: Stage, what: 'hold' | 'go'): Promise<void> {
  await (await fetch(`${appUrl}/${what}`)).text()
}

function textOf(shorts: Round[], longs: Round[], share: number): string {
  const rows = [
    [SHORT, shorts],
    [LONG, longs],
  ] as const
  const lines = rows.map(([size, rounds]) => {
    const { cpuMsPerRun, rssMb } = medianRound(rounds)
    const rate = median(rounds.map(({ runsPerSecond }) => runsPerSecond))
    return [String(size), whole(rate), fine(cpuMsPerRun.engine), fine(cpuMsPerRun.postgres), whole(rssMb.engine)]
  })
  const head = ['runs that wait', 'runs/s', 'engine ms', 'postgres ms', 'engine MB']
  return `${tableOf(head, lines)}\n\n${percent(share)} of the rate; the app only answers`
}
