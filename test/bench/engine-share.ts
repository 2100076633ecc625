import { availableParallelism } from 'node:os'
import { ensureDatabase } from '../../local/postgres/cluster'
import { median, tableOf } from './figures'
import { type Latency, measureLatency } from './latency'
import { fine, type Report, type Settings, whole } from './report'
import { type AppKind, buildNextApp, openStage } from './stage'
import { measure, medianRound, type Round } from './throughput'
import { onWorkbench, type Workbench } from './workbench'
import { type Workload, workloads } from './workloads'

type Line = { app: AppKind; workload: Workload; ceiling: number; ours: number; share: number; cost: Round }

/** Our engine as a share of what the same app can answer at all, round by round in turns. */
export async function benchEngine(settings: Settings): Promise<Report> {
  buildNextApp()
  return onWorkbench(async (bench) => {
    const lines = [...(await sharesOf('node', bench, settings)), ...(await sharesOf('next', bench, settings))]
    const latency = await latencyOnNode(bench)
    return { text: textOf(lines, latency, settings), figures: { lines, latency, ...settings }, misses: [] }
  })
}

async function sharesOf(app: AppKind, { cluster, dir }: Workbench, { ms, rounds }: Settings): Promise<Line[]> {
  const databaseUrl = await ensureDatabase(cluster, `bench_${app}`)
  const bare = await openStage({ app, engine: 'null', databaseUrl, dir })
  const own = await openStage({ app, engine: 'ours', databaseUrl, dir })
  const found: Line[] = []
  for (const workload of workloads) {
    const [ceilings, ours]: [Round[], Round[]] = [[], []]
    for (let round = 1; round <= rounds; round++) {
      const [ceiling, mine] = [await measure(bare, workload, ms), await measure(own, workload, ms, cluster.child.pid)]
      ceilings.push(ceiling)
      ours.push(mine)
      const shown = `${whole(ceiling.runsPerSecond)} at most, ${whole(mine.runsPerSecond)} ours`
      console.error(`${app} ${workload} ${round}/${rounds}: ${shown}`)
    }
    const ceiling = median(ceilings.map(({ runsPerSecond }) => runsPerSecond))
    const cost = medianRound(ours)
    found.push({ app, workload, ceiling, ours: cost.runsPerSecond, share: cost.runsPerSecond / ceiling, cost })
  }
  await bare.stop()
  await own.stop()
  return found
}

async function latencyOnNode({ cluster, dir }: Workbench): Promise<Latency> {
  const databaseUrl = await ensureDatabase(cluster, 'bench_latency')
  const stage = await openStage({ app: 'node', engine: 'ours', databaseUrl, dir })
  const found = await measureLatency(stage, dir)
  await stage.stop()
  return found
}

const HEAD = [
  ...['app', 'steps', 'ceiling runs/s', 'ours runs/s', 'share'],
  ...['app ms', 'engine ms', 'postgres ms', 'engine MB'],
]

function textOf(lines: Line[], { p50Ms, p99Ms, fsyncMs }: Latency, { ms, rounds }: Settings): string {
  const rows = lines.map(({ app, workload, ceiling, ours, share, cost: { cpuMsPerRun, rssMb } }) => [
    ...[app, workload, whole(ceiling), whole(ours), `${whole(share * 100)} %`],
    ...[fine(cpuMsPerRun.app), fine(cpuMsPerRun.engine), fine(cpuMsPerRun.postgres), whole(rssMb.engine)],
  ])
  return [
    tableOf(HEAD, rows),
    '',
    `ms are CPU time a run; medians of ${rounds} rounds of ${ms / 1_000} s on ${availableParallelism()} cores`,
    `send to first line: p50 ${whole(p50Ms)} ms, p99 ${whole(p99Ms)} ms (one forced write: ${fine(fsyncMs)} ms)`,
  ].join('\n')
}
