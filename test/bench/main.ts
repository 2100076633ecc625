import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureDatabase, startCluster } from '../../local/postgres/cluster'
import { measureColdStart } from './cold-start'
import { median, tableOf } from './figures'
import { measureLatency } from './latency'
import { type AppKind, buildNextApp, openStage } from './stage'
import { measure, type Round } from './throughput'
import { type Workload, workloads } from './workloads'

/**
 * `npm run bench -- [--seconds 10] [--rounds 3]`: our engine as a share of what the same app can answer at all, round by
 * round in turns, so that a noisy machine is noisy for both.
 */
const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '10' }, rounds: { type: 'string', default: '3' } },
})
const [ms, rounds] = [Number(values.seconds) * 1_000, Number(values.rounds)]

type Line = { app: AppKind; workload: Workload; ceiling: number; ours: number; share: number; cost: Round }

const dir = mkdtempSync(join(tmpdir(), 'backroom-bench-'))
const cluster = await startCluster({ dir: join(dir, 'postgres') })
buildNextApp()
const lines: Line[] = []
for (const app of ['node', 'next'] as const) lines.push(...(await throughputOf(app)))
const latency = await latencyOnNode()
await cluster.stop()
const coldStart = await measureColdStart()
rmSync(dir, { recursive: true, force: true })
report()

async function throughputOf(app: AppKind): Promise<Line[]> {
  const databaseUrl = await ensureDatabase(cluster, `bench_${app}`)
  const [bare, ours] = [await openStage(app, 'null', databaseUrl, dir), await openStage(app, 'ours', databaseUrl, dir)]
  const found: Line[] = []
  for (const workload of workloads) {
    const [ceilings, own]: [Round[], Round[]] = [[], []]
    for (let round = 0; round < rounds; round++) {
      ceilings.push(await measure(bare, workload, true, ms))
      own.push(await measure(ours, workload, false, ms, cluster.child.pid))
      console.error(
        `${app} ${workload} ${round + 1}/${rounds}: ${shown(ceilings, round)} at most, ${shown(own, round)} ours`,
      )
    }
    const [ceiling, mine] = [ceilings, own].map((each) => median(each.map(({ runsPerSecond }) => runsPerSecond))) as [
      number,
      number,
    ]
    const cost = medianRound(own)
    found.push({ app, workload, ceiling, ours: mine, share: mine / ceiling, cost })
  }
  await bare.stop()
  await ours.stop()
  return found
}

/** Each figure's own median. */
function medianRound(each: Round[]): Round {
  const over = (read: (round: Round) => Record<string, number>) =>
    Object.fromEntries(
      Object.keys(read(each[0] as Round)).map((name) => [name, median(each.map((round) => read(round)[name] ?? 0))]),
    )
  return {
    runsPerSecond: median(each.map(({ runsPerSecond }) => runsPerSecond)),
    cpuMsPerRun: over(({ cpuMsPerRun }) => cpuMsPerRun),
    rssMb: over(({ rssMb }) => rssMb),
  }
}

async function latencyOnNode() {
  const stage = await openStage('node', 'ours', await ensureDatabase(cluster, 'bench_latency'), dir)
  const found = await measureLatency(stage, dir)
  await stage.stop()
  return found
}

function shown(each: Round[], round: number): string {
  return (each[round]?.runsPerSecond ?? 0).toFixed(0)
}

function report(): void {
  const whole = (value: number | undefined) => (value ?? Number.NaN).toFixed(0)
  const fine = (value: number | undefined) => (value ?? Number.NaN).toFixed(2)
  const head = [
    'app',
    'steps',
    'ceiling runs/s',
    'ours runs/s',
    'share',
    'app ms',
    'engine ms',
    'postgres ms',
    'engine MB',
  ]
  const rows = lines.map(({ app, workload, ceiling, ours, share, cost }) => [
    ...[app, workload, whole(ceiling), whole(ours), `${whole(share * 100)} %`],
    ...[
      fine(cost.cpuMsPerRun.app),
      fine(cost.cpuMsPerRun.engine),
      fine(cost.cpuMsPerRun.postgres),
      whole(cost.rssMb.engine),
    ],
  ])
  console.log(`\n${tableOf(head, rows)}`)
  console.log(
    `\nms are CPU time a run; medians of ${rounds} rounds of ${ms / 1_000} s on ${availableParallelism()} cores`,
  )
  console.log(
    `send to first line: p50 ${whole(latency.p50Ms)} ms, p99 ${whole(latency.p99Ms)} ms (one forced write: ${fine(latency.fsyncMs)} ms)`,
  )
  const memory = Object.entries(coldStart.rssMb).map(([name, mb]) => `${name} ${whole(mb)} MB`)
  console.log(`cold start to first page: ${fine(coldStart.secondsToFirstPage)} s; then ${memory.join(', ')}`)
  console.log(
    JSON.stringify({ lines, latency, coldStart, rounds, secondsARound: ms / 1_000, cores: availableParallelism() }),
  )
}
