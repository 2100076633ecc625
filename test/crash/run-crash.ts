import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BlowPlan, Victim } from './blow-plan'
import { type Struck, strike } from './blows'
import { type Figures, readFigures } from './figures'
import type { AppKind } from './parts'
import { judgeProduct, ledgerSettled, outboxEmptied } from './product'
import { Work } from './work'
import { judge } from './workload/judge'
import { gather } from './workload/stored'
import { type CrashWorld, openCrashWorld } from './world'

export type CrashPlan = Omit<BlowPlan, 'doomable'> & { app: AppKind }

/** What should never be, as lists, and counts of what should be none; only what there is of it. */
export type Wrongs = Record<string, string[] | number>

/**
 * Lets the world live while its parts are struck; then looks at what became of all that was asked of it.
 * @param say hears from time to time how far it is.
 */
export async function runCrash(
  plan: CrashPlan,
  say: (line: string) => void = () => {},
): Promise<{ wrongs: Wrongs; figures: Figures }> {
  const startedAt = Date.now()
  const dir = mkdtempSync(join(tmpdir(), 'backroom-crash-'))
  const world = await openCrashWorld(dir, plan.app)
  try {
    const work = new Work(world)
    const struck = await liveThroughBlows(world, work, plan, say)
    await settle(world, work)
    const { asked } = work
    const evidence = await gather(world, asked.events, struck.blows)
    const seconds = Math.round((Date.now() - startedAt) / 1_000)
    return {
      wrongs: foundOf({ ...judge(evidence), ...(await judgeProduct(world, asked.people)) }),
      figures: { seconds, ...(await readFigures(world, work, struck, evidence)) },
    }
  } finally {
    await world.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

async function liveThroughBlows(
  world: CrashWorld,
  work: Work,
  plan: CrashPlan,
  say: (line: string) => void,
): Promise<Struck> {
  const over = new AbortController()
  const doomable: Victim[] = plan.app === 'node' ? ['app', 'workload'] : ['workload']
  const heard = (done: number, left: number) => {
    if (done % 50 === 0) say(`${done} blows, ${left} to come`)
  }
  const striking = strike(world, { ...plan, doomable }, over.signal, heard).finally(() => over.abort())
  try {
    const [struck] = await Promise.all([striking, work.live(() => over.signal.aborted)])
    return struck
  } finally {
    over.abort()
  }
}

/** Everything is up again by now; what the last blows left half done is done here. */
async function settle(world: CrashWorld, work: Work): Promise<void> {
  await work.strides.stride()
  await outboxEmptied(world)
  await work.strides.stride()
  await ledgerSettled(world)
}

/** The wrongs that there are. */
export function foundOf(wrongs: Wrongs): Wrongs {
  return Object.fromEntries(
    Object.entries(wrongs).filter(([, what]) => (Array.isArray(what) ? what.length : what) !== 0),
  )
}
