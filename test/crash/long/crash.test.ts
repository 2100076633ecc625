import { expect, it } from 'vitest'
import { type CrashPlan, runCrash } from '../run-crash'

/** The long form, `npm run crash`: 20 kills of each part over plain Node, and some over Next. */
const plans: Omit<CrashPlan, 'seed'>[] = [
  { signUps: 200, killsOfEach: 20, app: 'node' },
  { signUps: 60, killsOfEach: 3, app: 'next' },
]

it.each(plans)(
  'everybody gets each letter exactly once: $signUps sign-ups, $killsOfEach kills of each, $app',
  async (plan) => {
    const seed = Number(process.env.CRASH_SEED) || Date.now() % 1_000_000
    const startedAt = performance.now()
    const outcome = await runCrash({ ...plan, seed })
    console.log(
      JSON.stringify({ ...plan, seed, seconds: Math.round((performance.now() - startedAt) / 1_000), outcome }),
    )
    expect(outcome, `CRASH_SEED=${seed} makes the same kills again`).toEqual({
      people: plan.signUps,
      doubled: [],
      missing: [],
      runs: { completed: plan.signUps * 3 },
      unsentEvents: 0,
      unsentLetters: 0,
      lookedUp: expect.any(Number),
      ledgerDiffers: [],
      awaitedRuns: 0,
    })
  },
  900_000,
)
