import { availableParallelism } from 'node:os'
import { ensureDatabase } from '../../local/postgres/cluster'
import { median, tableOf } from './figures'
import { type Aim, fine, missesOf, percent, type Report, type Settings, whole } from './report'
import { type AppKind, buildNextApp, openStage } from './stage'
import { inTurns, measure, medianRound, medianShare, type Round, targetOf } from './throughput'
import { onWorkbench, type Workbench } from './workbench'
import { isCheckpointed, stepsOf, uncheckpointed, type Workload, workloads } from './workloads'

type Line = { app: AppKind; workload: Workload; ceiling: number; ours: number; share: number; cost: Round }

/** Our engine as a share of what the same app can answer at all, round by round in turns. */
export async function benchEngine(settings: Settings): Promise<Report> {
  buildNextApp()
  return onWorkbench(async (bench) => {
    const lines = [...(await sharesOf('node', bench, settings)), ...(await sharesOf('next', bench, settings))]
    const aims = lines.map(aimOf)
    return { text: textOf(lines, settings), figures: { lines, ...settings }, aims, misses: missesOf(aims) }
  })
}

async function sharesOf(app: AppKind, { cluster, dir }: Workbench, { ms, rounds }: Settings): Promise<Line[]> {
  const databaseUrl = await ensureDatabase(cluster, `bench_${app}`)
  const bare = await openStage({ app, engine: 'null', databaseUrl, dir })
  const own = await openStage({ app, engine: 'ours', databaseUrl, dir })
  const found: Line[] = []
  for (const workload of [...workloads, ...uncheckpointed]) {
    const [ceilings, ours] = await inTurns(
      rounds,
      () => measure(targetOf(bare), workload, ms),
      () => measure(targetOf(own, cluster.child.pid), workload, ms),
    )
    const ceiling = median(ceilings.map(({ runsPerSecond }) => runsPerSecond))
    const [cost, share] = [medianRound(ours), medianShare(ours, ceilings)]
    console.error(`${app} ${workload}: ${whole(ceiling)} at most, ${whole(cost.runsPerSecond)} ours, ${percent(share)}`)
    found.push({ app, workload, ceiling, ours: cost.runsPerSecond, share, cost })
  }
  await bare.stop()
  await own.stop()
  return found
}

function aimOf({ app, workload, share }: Line): Aim {
  const least = app === 'next' ? 0.9 : stepsOf[workload] === 0 ? 0.7 : 0.75
  const what = `share of the null engine: ${app}, ${nameOf(workload)}`
  return { what, aim: `≥ ${percent(least)}`, found: percent(share), isMet: share >= least }
}

function nameOf(workload: Workload): string {
  return `${stepsOf[workload]} steps, checkpointing ${isCheckpointed(workload) ? 'on' : 'off'}`
}

const HEAD = [
  ...['app', 'steps', 'checkpoints', 'ceiling runs/s', 'ours runs/s', 'share'],
  ...['app ms', 'engine ms', 'postgres ms', 'engine MB'],
]

function textOf(lines: Line[], { ms, rounds }: Settings): string {
  const rows = lines.map(({ app, workload, ceiling, ours, share, cost: { cpuMsPerRun, rssMb } }) => [
    ...[app, String(stepsOf[workload]), isCheckpointed(workload) ? 'on' : 'off'],
    ...[whole(ceiling), whole(ours), percent(share)],
    ...[fine(cpuMsPerRun.app), fine(cpuMsPerRun.engine), fine(cpuMsPerRun.postgres), whole(rssMb.engine)],
  ])
  const how = `ms are CPU time a run; medians of ${rounds} rounds of ${ms / 1_000} s on ${availableParallelism()} cores`
  return `${tableOf(HEAD, rows)}\n\n${how}; the share is that of neighbours in time`
}
