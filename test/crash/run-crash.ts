import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ledgerSettled, type Outcome, outboxEmptied, readOutcome } from './check'
import { inLanes, signUpUntilDone } from './sign-ups'
import { type CrashWorld, openCrashWorld } from './world'

export type CrashPlan = {
  signUps: number
  /** How often each of engine, app and PostgreSQL is killed. */
  killsOfEach: number
  app: 'node' | 'next'
  /** Makes the same plan again. */
  seed: number
}

const DAY_MS = 24 * 3_600_000

/** Signs people up and lets four days go by, while the parts are killed at random moments. */
export async function runCrash(plan: CrashPlan): Promise<Outcome> {
  const dir = mkdtempSync(join(tmpdir(), 'backroom-crash-'))
  const world = await openCrashWorld(dir, plan.app)
  try {
    const killing = killAtRandom(world, plan)
    const emails = Array.from({ length: plan.signUps }, (_, n) => `user-${n}@example.com`)
    await inLanes(emails, 8, (email) => signUpUntilDone(world.appUrl, email))
    await livePast(world, new Date(Date.now() + 4.2 * DAY_MS))
    await killing
    // Everything is up again by now; what the last kills left half done is done here.
    await livePast(world, new Date(Date.now() + 5 * DAY_MS))
    // An event whose relay died between sending and marking is sent again when its lease is over.
    await outboxEmptied(world)
    await livePast(world, new Date(Date.now() + 10 * DAY_MS))
    await ledgerSettled(world)
    return await readOutcome(world)
  } finally {
    await world.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

/** Moves time on, as often as it takes while things are being killed. */
async function livePast(world: CrashWorld, to: Date): Promise<void> {
  const deadline = Date.now() + 180_000
  while (!(await world.move(to))) {
    if (Date.now() > deadline) throw new Error(`Time could not be moved to ${to.toISOString()}`)
    await sleep(200)
  }
}

async function killAtRandom(world: CrashWorld, { killsOfEach, seed, app }: CrashPlan): Promise<void> {
  const random = randomFrom(seed)
  const victims = (['engine', 'app', 'postgres'] as const).flatMap((name) =>
    Array.from({ length: killsOfEach }, () => name),
  )
  victims.sort(() => random() - 0.5)
  // Next takes a second to be back; killing it again before that would only test the waiting.
  const longest = app === 'next' ? 4_000 : 2_500
  for (const victim of victims) {
    await sleep(300 + random() * longest)
    // One that is being started again is waited for: so many kills were asked for, and so many are made.
    const kill = victim === 'app' && app === 'node' && random() < 0.5 ? world.killAppAtAnswer : world.kill[victim]
    while (!kill()) await sleep(20)
  }
}

/** mulberry32: small, and good enough to pick moments. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
