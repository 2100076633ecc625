import { setTimeout as sleep } from 'node:timers/promises'
import { median } from './figures'
import { familyOf, usageOf } from './processes'
import { EVENT_KEY, type Stage } from './stage'
import type { Counts } from './workloads'

export type Round = { runsPerSecond: number; cpuMsPerRun: Record<string, number>; rssMb: Record<string, number> }

/** Runs that wait while it is measured: so many that the engine never runs dry, so few that sending costs little. */
const BACKLOG = 1_000
const BATCH = 500
const WARM_UP_MS = 1_000

/** Keeps a load going, and lets all of it end. */
export type Driver = { keepBusy: () => Promise<void>; rest: () => Promise<void> }

/** What is measured: its parts by their first processes, what they have done, and how work is given to them. */
export type Target = {
  pids: () => Record<string, number | undefined>
  counts: () => Promise<Counts>
  driver: (load: string) => Driver
}

/** @param postgresPid the database's first process, where there is one. */
export function targetOf(stage: Stage, postgresPid?: number): Target {
  const isNull = stage.options.engine === 'null'
  return {
    pids: () => ({ app: stage.app.pid, engine: stage.engine.pid, ...(postgresPid ? { postgres: postgresPid } : {}) }),
    counts: stage.counts,
    driver: (load) =>
      isNull ? nullDriver(stage, load) : toppedUp(stage.counts, load, (count) => send(stage, load, count), BACKLOG),
  }
}

/** One round: how many runs of a load end in a second, and what each costs. */
export async function measure(target: Target, load: string, ms: number): Promise<Round> {
  const driver = target.driver(load)
  const ended = async () => (await target.counts()).runs[load] ?? 0
  const read = () =>
    Object.entries(target.pids()).map(([name, pid]) => [name, usageOf(pid ? familyOf(pid) : [])] as const)
  await driver.keepBusy()
  await busyFor(driver, WARM_UP_MS)
  const [before, countBefore, startedAt] = [read(), await ended(), performance.now()]
  await busyFor(driver, ms)
  const runs = (await ended()) - countBefore
  const seconds = (performance.now() - startedAt) / 1_000
  const after = read()
  await driver.rest()
  const spent = after.map(([name, usage], i) => [name, (usage.cpuMs - (before[i]?.[1].cpuMs ?? 0)) / runs] as const)
  return {
    runsPerSecond: runs / seconds,
    cpuMsPerRun: Object.fromEntries(spent),
    rssMb: Object.fromEntries(after.map(([name, usage]) => [name, usage.rssMb])),
  }
}

/** Each figure's own median. */
export function medianRound(rounds: Round[]): Round {
  const over = (read: (round: Round) => Record<string, number>) => {
    const names = Object.keys(rounds[0] ? read(rounds[0]) : {})
    return Object.fromEntries(names.map((name) => [name, median(rounds.map((round) => read(round)[name] ?? 0))]))
  }
  return {
    runsPerSecond: median(rounds.map(({ runsPerSecond }) => runsPerSecond)),
    cpuMsPerRun: over(({ cpuMsPerRun }) => cpuMsPerRun),
    rssMb: over(({ rssMb }) => rssMb),
  }
}

/** How fast each round of one was beside its neighbour in time; the middle of that, which a noisy machine moves least. */
export function medianShare(rounds: Round[], beside: Round[]): number {
  return median(rounds.map((round, i) => round.runsPerSecond / (beside[i]?.runsPerSecond ?? Number.NaN)))
}

/**
 * Two things in turns, the first one first in odd rounds and last in even ones: what drifts (a disk that fills, another
 * program's work) is then the drift of both.
 */
export async function inTurns<T>(rounds: number, one: () => Promise<T>, other: () => Promise<T>): Promise<[T[], T[]]> {
  const found: [T[], T[]] = [[], []]
  for (let round = 0; round < rounds; round++)
    for (const which of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const))
      found[which].push(await (which === 0 ? one() : other()))
  return found
}

async function busyFor({ keepBusy }: Driver, ms: number): Promise<void> {
  const until = performance.now() + ms
  while (performance.now() < until) {
    await keepBusy()
    await sleep(100)
  }
}

function nullDriver({ engineUrl }: Stage, load: string): Driver {
  let isTold = false
  return {
    keepBusy: async () => {
      if (!isTold) await fetch(`${engineUrl}/drive/${load}`, { method: 'POST' })
      isTold = true
    },
    rest: async () => {
      await fetch(`${engineUrl}/drive/`, { method: 'POST' })
      await sleep(500)
      // A ceiling measured with failing calls would be too low, and make our share look better than it is.
      const failures = await (await fetch(`${engineUrl}/failures`)).text()
      if (failures !== '0') throw new Error(`${failures} calls of the null engine failed`)
    },
  }
}

/** Sends whenever fewer than so many are left to do. */
export function toppedUp(
  counts: () => Promise<Counts>,
  load: string,
  more: (count: number) => Promise<void>,
  backlog: number,
): Driver {
  let sent = 0
  let base: number | undefined
  const left = async () => {
    const done = (await counts()).runs[load] ?? 0
    base ??= done
    return sent - (done - base)
  }
  return {
    keepBusy: async () => {
      for (let missing = backlog - (await left()); missing > 0; missing = backlog - (await left())) {
        const count = Math.max(BATCH, Math.min(missing, MOST_EVENTS))
        await more(count)
        sent += count
      }
    },
    rest: async () => {
      while ((await left()) > 0) await sleep(50)
    },
  }
}

/** One request may hold so many. */
const MOST_EVENTS = 5_000

/** Sends so many events of a load in one request. */
export async function send({ engineUrl }: Pick<Stage, 'engineUrl'>, load: string, count: number): Promise<void> {
  const events = Array.from({ length: count }, () => ({ name: `bench/${load}`, data: { n: 1 } }))
  const response = await fetch(`${engineUrl}/e/${EVENT_KEY}`, { method: 'POST', body: JSON.stringify(events) })
  if (!response.ok) throw new Error(await response.text())
  await response.body?.cancel()
}
