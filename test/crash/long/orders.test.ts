import { expect, it } from 'vitest'
import { printFigures } from '../figures'
import { runOrderCrash } from '../orders/run-order-crash'

/** The long form, `npm run crash`: 500 orders. */
it('orders come to their truth, whatever is killed while they are placed, paid and cancelled', async () => {
  const seed = Number(process.env.CRASH_SEED) || Date.now() % 1_000_000
  console.log(`CRASH_SEED=${seed}`)
  const { wrongs, figures } = await runOrderCrash({
    orders: 500,
    kills: { leader: 20, standby: 8, app: 25, workload: 0, postgres: 12, payments: 20, mail: 0 },
    hangs: 4,
    pauseMs: { least: 100, most: 1_000 },
    seed,
  })
  printFigures(`Crash of orders, CRASH_SEED=${seed}`, figures)
  expect(wrongs, `CRASH_SEED=${seed} makes the same blows again`).toEqual({})
}, 3_600_000)
