import { setTimeout as sleep } from 'node:timers/promises'
import { type BlowPlan, type Intent, intentsOf, type Victim, type Way } from './blow-plan'
import type { CrashWorld } from './world'

/** What was done to one process; milliseconds of the machine's clock. */
export type Blow = { victim: Victim; way: Way; at: number; until: number }

/** Real milliseconds from a blow on the leader until the next engine led; `isClean` where nothing else was in its way. */
export type Takeover = { after: Way; ms: number; isClean: boolean }

export type Struck = { blows: Blow[]; takeovers: Takeover[] }

/**
 * Strikes until the plan is fulfilled; resolves when all that hung is awake again.
 * @param over ends it early, by a rejection.
 * @param heard hears after each blow how many there were, and how many are to come.
 */
export async function strike(
  world: CrashWorld,
  plan: BlowPlan,
  over: AbortSignal,
  heard: (done: number, left: number) => void,
): Promise<Struck> {
  const blows: Blow[] = []
  const takeovers: Promise<Takeover[]>[] = []
  const ends: Promise<void>[] = []
  const spent = new Set<number>()
  for (const left = intentsOf(plan); left[0]; ) {
    while (left[0].isPatient && !world.isWhole) await sleep(20, undefined, { signal: over })
    await sleep(left[0].pauseMs, undefined, { signal: over })
    const { intent, target } = await hitFirst(world, left, spent, over)
    spent.add(target.pid)
    blows.push(target.blow)
    heard(blows.length, left.length)
    ends.push(end(target, intent.hangMs).then(() => void (intent.way === 'hang' && spent.delete(target.pid))))
    if (intent.victim === 'leader') takeovers.push(takeover(world, target, blows))
  }
  await Promise.all(ends)
  return { blows, takeovers: (await Promise.all(takeovers)).flat() }
}

/** A blow, on whom, and how the engines stood then. */
type Target = { blow: Blow; pid: number; leader: number; hasStandby: boolean }

/**
 * Takes the first intent whose victim is up, as a blow on one that is being started again would only test the waiting;
 * and waits while there is none.
 * @param spent processes that are killed already, or doomed, or that hang.
 */
async function hitFirst(
  world: CrashWorld,
  left: Intent[],
  spent: Set<number>,
  over: AbortSignal,
): Promise<{ intent: Intent; target: Target }> {
  for (;;) {
    for (const [i, intent] of left.entries()) {
      const target = hit(world, intent, spent)
      if (!target) continue
      left.splice(i, 1)
      return { intent, target }
    }
    await sleep(20, undefined, { signal: over })
  }
}

function hit(world: CrashWorld, { victim, way }: Intent, spent: Set<number>): Target | undefined {
  const pid = world.pidOf(victim)
  if (pid === undefined || spent.has(pid)) return undefined
  const at = Date.now()
  const until = way === 'kill' ? at : Number.POSITIVE_INFINITY
  const { leader, hasStandby } = world
  if (!signal(way === 'kill at its answer' ? Math.abs(pid) : pid, signals[way])) return undefined
  return { blow: { victim, way, at, until }, pid, leader, hasStandby }
}

const signals = { kill: 'SIGKILL', 'kill at its answer': 'SIGUSR2', hang: 'SIGSTOP' } as const

async function end({ blow, pid }: Target, hangMs: number): Promise<void> {
  if (blow.way === 'kill') return
  if (blow.way === 'hang') {
    await sleep(hangMs)
    signal(pid, 'SIGCONT')
  } else while (signal(pid, 0)) await sleep(20)
  blow.until = Date.now()
}

/** Whether a takeover has to wait for it. */
const isBehindTheLead = (victim: Victim) => victim === 'leader' || victim === 'standby' || victim === 'postgres'

/** PostgreSQL takes a moment to be back. */
const AFTERMATH_MS = 3_000

/** None where the leader was only slow. */
async function takeover(world: CrashWorld, { blow, leader, hasStandby }: Target, blows: Blow[]): Promise<Takeover[]> {
  const { way, at } = blow
  const next = await world.nextLead()
  if (way === 'hang' && next === leader) return []
  const isInTheWay = ({ victim, until }: Blow) =>
    isBehindTheLead(victim) && until > (victim === 'postgres' ? at - AFTERMATH_MS : at)
  const isDisturbed = blows.some((other) => other !== blow && isInTheWay(other))
  return [{ after: way, ms: Date.now() - at, isClean: hasStandby && !isDisturbed }]
}

/** @param pid that of a group where it is negative. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, name)
    return true
  } catch {
    return false
  }
}
