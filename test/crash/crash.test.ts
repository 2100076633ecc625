import { expect, it } from 'vitest'
import { runCrash } from './run-crash'

it('everybody gets each letter exactly once, whatever is killed while they sign up', async () => {
  const seed = Number(process.env.CRASH_SEED) || Date.now() % 1_000_000
  const outcome = await runCrash({ signUps: 200, killsOfEach: 3, app: 'node', seed })
  expect(outcome, `CRASH_SEED=${seed} makes the same kills again`).toEqual({
    people: 200,
    doubled: [],
    missing: [],
    runs: { completed: 600 },
    unsentEvents: 0,
    unsentLetters: 0,
    lookedUp: expect.any(Number),
    ledgerDiffers: [],
    awaitedRuns: 0,
  })
}, 300_000)
