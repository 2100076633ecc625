import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import pg from 'pg'
import { migrate } from '../../local/migrate'
import { ensureDatabase } from '../../local/postgres/cluster'
import { tableOf } from './figures'
import { fine, type Report, type Settings, whole } from './report'
import { type AppKind, buildNextApp, openStage, type Stage } from './stage'
import { inTurns, measure, medianRound, medianShare, type Round, targetOf } from './throughput'
import { onWorkbench, type Workbench } from './workbench'
import { stepsOf, type Workload, workloads } from './workloads'

type Line = { app: AppKind; workload: Workload; share: number; off: Round; on: Round }

/** What is left of the throughput when every run is written into the run ledger. */
const LEAST_SHARE = 0.85

/** The same app with the run ledger's middleware and without it, round by round in turns, driven by our engine. */
export async function benchLedger(settings: Settings): Promise<Report> {
  buildNextApp()
  return onWorkbench(async (bench) => {
    const lines: Line[] = []
    for (const app of ['node', 'next'] as const) lines.push(...(await sharesOf(app, bench, settings)))
    const misses = lines
      .filter(({ share }) => share < LEAST_SHARE)
      .map(({ app, workload, share }) => `${app} ${workload}: ${whole(share * 100)} % with the ledger on`)
    return { text: textOf(lines, settings), figures: { lines, ...settings }, misses }
  })
}

async function sharesOf(app: AppKind, { cluster, dir }: Workbench, { ms, rounds }: Settings): Promise<Line[]> {
  const open = async (name: string, hasLedger: boolean) => {
    const databaseUrl = await ensureDatabase(cluster, name)
    await migrate(databaseUrl)
    return openStage({ app, engine: 'ours', databaseUrl, dir, hasLedger })
  }
  const [bare, kept] = [await open(`off_${app}`, false), await open(`on_${app}`, true)]
  const found: Line[] = []
  for (const workload of workloads) {
    const [offs, ons] = await inTurns(
      rounds,
      () => measure(targetOf(bare, cluster.child.pid), workload, ms),
      () => measure(targetOf(kept, cluster.child.pid), workload, ms),
    )
    const [off, on] = [medianRound(offs), medianRound(ons)]
    console.error(`${app} ${workload}: ${whole(off.runsPerSecond)} off, ${whole(on.runsPerSecond)} on`)
    found.push({ app, workload, share: medianShare(ons, offs), off, on })
  }
  await checkLedger(kept)
  await bare.stop()
  await kept.stop()
  return found
}

/** A ledger that is cheap because it leaves runs out would be no ledger. */
async function checkLedger({ options, counts }: Stage): Promise<void> {
  const client = new pg.Client(options.databaseUrl)
  await client.connect()
  const { runs } = await counts()
  const wanted = workloads.map((id) => ({ id, runs: runs[id] ?? 0, steps: (runs[id] ?? 0) * stepsOf[id] }))
  const deadline = Date.now() + WRITTEN_LIMIT_MS
  for (;;) {
    const { rows } = await client.query(LEDGER_COUNTS, [workloads])
    if (isDeepStrictEqual(rows, wanted)) break
    if (Date.now() > deadline) throw new Error(`the ledger has ${JSON.stringify(rows)} of ${JSON.stringify(wanted)}`)
    await sleep(100)
  }
  await client.end()
}

const WRITTEN_LIMIT_MS = 10_000

const LEDGER_COUNTS = `
  SELECT given.id, count(DISTINCT run."id")::int AS runs, count(step."id")::int AS steps
  FROM unnest($1::text[]) WITH ORDINALITY AS given (id, place)
  LEFT JOIN "Run" AS run ON run."functionId" = given.id AND run."status" = 'completed'
  LEFT JOIN "RunStep" AS step ON step."runId" = run."id" AND step."status" = 'completed'
  GROUP BY given.id, given.place ORDER BY given.place`

const HEAD = [
  ...['app', 'steps', 'off runs/s', 'on runs/s', 'share', 'CPU share'],
  ...['app ms off', 'on', 'engine ms off', 'on', 'postgres ms off', 'on'],
]

function textOf(lines: Line[], { ms, rounds }: Settings): string {
  const rows = lines.map(({ app, workload, share, off, on }) => [
    ...[app, workload, whole(off.runsPerSecond), whole(on.runsPerSecond), `${whole(share * 100)} %`],
    `${whole((cpuMsOf(off) / cpuMsOf(on)) * 100)} %`,
    ...['app', 'engine', 'postgres'].flatMap((name) => [off, on].map(({ cpuMsPerRun }) => fine(cpuMsPerRun[name]))),
  ])
  const how = `ms are CPU time a run; medians of ${rounds} rounds of ${ms / 1_000} s on ${availableParallelism()} cores`
  // On a machine that has other things to do, this is the steadier figure.
  const cpu = 'CPU share: what a run costs all processes together, off by on'
  return `${tableOf(HEAD, rows)}\n\n${how}\n${cpu}`
}

function cpuMsOf({ cpuMsPerRun }: Round): number {
  return Object.values(cpuMsPerRun).reduce((sum, ms) => sum + ms, 0)
}
