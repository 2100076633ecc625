import { availableParallelism } from 'node:os'
import { tableOf } from '../figures'
import { firstLines, type Spread, spreadOf } from '../latency'
import { fine, type Report, type Settings, whole } from '../report'
import { measure, medianRound, medianShare, type Round } from '../throughput'
import { onWorkbench } from '../workbench'
import { type Contestant, openContestants } from './contestants'

const LOADS = ['none', 'five'] as const
type Load = (typeof LOADS)[number]

type Found = { rounds: Record<Load, Round[]>; latency?: Spread }
type Line = {
  name: string
  guarantees: string
  loads: Record<Load, Round & { ratio: number }>
  latency?: Spread & { ratio: number }
}

/**
 * Our engine beside what else does background work from Node: pg-boss on the same PostgreSQL, and BullMQ where
 * `REDIS_URL` names a Redis. Ours drives an app of the SDK by HTTP, theirs run the code in their own worker.
 */
export async function benchPeers(settings: Settings): Promise<Report> {
  return onWorkbench(async (bench) => {
    const contestants = await openContestants(bench)
    const found = new Map<Contestant, Found>()
    for (const contestant of contestants) found.set(contestant, await latencyOf(contestant))
    for (const load of LOADS) await race(found, load, settings)
    for (const { stop } of contestants) await stop()
    const lines = linesOf(found)
    return { text: textOf(lines, settings), figures: { lines, ...settings }, misses: [] }
  })
}

async function latencyOf({ sendOne, target }: Contestant): Promise<Found> {
  const rounds: Found['rounds'] = { none: [], five: [] }
  return sendOne ? { rounds, latency: spreadOf(await firstLines(sendOne, target.counts)) } : { rounds }
}

/** Round by round in turns, forwards and backwards. */
async function race(found: Map<Contestant, Found>, load: Load, { ms, rounds }: Settings): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? [...found] : [...found].reverse()
    for (const [{ name, target }, { rounds: kept }] of order) {
      const measured = await measure(target, load, ms)
      kept[load].push(measured)
      console.error(`${name} ${load} ${round + 1}/${rounds}: ${whole(measured.runsPerSecond)} a second`)
    }
  }
}

/** `ratio` is how many times as fast as this one ours is, of rounds that are neighbours in time. */
function linesOf(found: Map<Contestant, Found>): Line[] {
  const [ours] = [...found.values()]
  return [...found].map(([{ name, guarantees }, { rounds, latency }]) => {
    const loadOf = (load: Load) => ({
      ...medianRound(rounds[load]),
      ratio: medianShare(ours?.rounds[load] ?? [], rounds[load]),
    })
    const ratio = (latency?.p50Ms ?? Number.NaN) / (ours?.latency?.p50Ms ?? Number.NaN)
    const loads = { none: loadOf('none'), five: loadOf('five') }
    return { name, guarantees, loads, ...(latency ? { latency: { ...latency, ratio } } : {}) }
  })
}

const HEAD = [
  ...['', 'no step: a second', 'ours', 'CPU ms', 'five steps: a second', 'ours', 'CPU ms'],
  ...['send to first line: p50 ms', 'p99 ms', 'ours'],
]

function textOf(lines: Line[], { ms, rounds }: Settings): string {
  const times = (ratio: number) => `${fine(ratio)} ×`
  const rows = lines.map(({ name, loads, latency }) => [
    name,
    ...LOADS.flatMap((load) => {
      const { runsPerSecond, ratio, cpuMsPerRun } = loads[load]
      return [whole(runsPerSecond), times(ratio), fine(Object.values(cpuMsPerRun).reduce((sum, each) => sum + each, 0))]
    }),
    ...(latency ? [fine(latency.p50Ms), fine(latency.p99Ms), times(latency.ratio)] : ['', '', '']),
  ])
  const how = [
    '“ours” says how many times as fast as this one Backroom is; CPU ms are those of all processes, a run;',
    `medians of ${rounds} rounds of ${ms / 1_000} s on ${availableParallelism()} cores`,
  ].join(' ')
  return [tableOf(HEAD, rows), '', how, ...lines.map(({ name, guarantees }) => `${name}: ${guarantees}`)].join('\n')
}
