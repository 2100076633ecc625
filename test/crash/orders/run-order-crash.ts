import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Chance } from '../../support/chance'
import type { BlowPlan } from '../blow-plan'
import { type Struck, strike } from '../blows'
import { blowFigures, type Figures } from '../figures'
import { ledgerSettled, outboxEmptied } from '../product'
import { foundOf, type Wrongs } from '../run-crash'
import { Strides } from '../strides'
import { type CrashWorld, openCrashWorld } from '../world'
import { buy, mindOf } from './customer'
import { judgeOrders } from './judge-orders'
import { type CrashShop, openCrashShop } from './shop'

export type OrderCrashPlan = Omit<BlowPlan, 'doomable'> & { orders: number }

/** So many customers are at it at once. */
const CUSTOMERS = 4

/**
 * Customers order, pay and cancel while the parts of the world are struck; then looks at what became of each order, its
 * stock, its money and its letters. Time is moved only afterwards: a provider that is away for a second would else be
 * away for hours.
 */
export async function runOrderCrash(plan: OrderCrashPlan): Promise<{ wrongs: Wrongs; figures: Figures }> {
  const startedAt = Date.now()
  const dir = mkdtempSync(join(tmpdir(), 'backroom-crash-'))
  const world = await openCrashWorld(dir, 'node')
  try {
    const shop = await openCrashShop(world)
    const asked: string[] = []
    const { struck, turnedAway } = await sellUnderBlows(world, shop, plan, asked)
    await settle(world)
    const { wrongs, statuses } = await judgeOrders(world, shop, asked)
    const seconds = Math.round((Date.now() - startedAt) / 1_000)
    const came = Object.entries(statuses).map(([status, n]) => [`orders ${status}`, n])
    return {
      wrongs: foundOf(wrongs),
      figures: {
        seconds,
        ...blowFigures(struck),
        orders: asked.length,
        'customers turned away': turnedAway,
        ...Object.fromEntries(came),
      },
    }
  } finally {
    await world.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

/** Orders are begun as the blows go on: all of the one are placed when all of the other are done. */
async function sellUnderBlows(
  world: CrashWorld,
  shop: CrashShop,
  plan: OrderCrashPlan,
  asked: string[],
): Promise<{ struck: Struck; turnedAway: number }> {
  const over = new AbortController()
  const chance = new Chance(plan.seed)
  let share = 0
  let customers = 0
  let underWay = 0
  // Who is told that there is too little left has placed no order.
  const begun = () => asked.length + underWay
  const due = () => begun() < Math.min(plan.orders, Math.ceil(share * plan.orders) + 2 * CUSTOMERS)
  const sellOne = async () => {
    underWay++
    const publicId = await buy(world, shop, mindOf(customers++, shop, chance)).finally(() => underWay--)
    if (publicId) asked.push(publicId)
  }
  const sell = async () => {
    while (asked.length < plan.orders) {
      over.signal.throwIfAborted()
      await (due() ? sellOne() : sleep(20))
    }
  }
  const heard = (done: number, left: number) => {
    share = done / (done + left)
  }
  const striking = strike(world, { ...plan, doomable: ['app'] }, over.signal, heard)
  try {
    const [struck] = await Promise.all([striking, ...Array.from({ length: CUSTOMERS }, sell)])
    return { struck, turnedAway: customers - asked.length }
  } finally {
    over.abort()
  }
}

/** The first stride ends what is under way, the second what that has asked for. */
async function settle(world: CrashWorld): Promise<void> {
  const strides = new Strides(world)
  await outboxEmptied(world)
  await strides.stride()
  await outboxEmptied(world)
  await strides.stride()
  await ledgerSettled(world)
}
