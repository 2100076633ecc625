import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { withDatabase } from '../../support/with-database'
import type { BlowPlan } from '../blow-plan'
import { type Struck, strike } from '../blows'
import { blowFigures, type Figures } from '../figures'
import { ledgerSettled, outboxEmptied } from '../product'
import { foundOf, type Wrongs } from '../run-crash'
import { type CrashWorld, openCrashWorld } from '../world'
import { Arrivals, judgeReports } from './judge-reports'
import { type Morning, morningsAfter, openReportedShops, type ReportedShop } from './shops'

export type ReportCrashPlan = Omit<BlowPlan, 'doomable'> & { shops: number }

const MINUTE_MS = 60_000
const BLOWS_A_MORNING = 4
/** Real milliseconds that one morning may take, however often it is struck. */
const MORNING_LIMIT_MS = 600_000

/**
 * Mornings come, one after the other, while the parts of the world are struck; then looks at which reports and letters
 * there are. The next morning begins when the last one's letters are out.
 */
export async function runReportCrash(plan: ReportCrashPlan): Promise<{ wrongs: Wrongs; figures: Figures }> {
  const startedAt = Date.now()
  const dir = mkdtempSync(join(tmpdir(), 'backroom-crash-'))
  const world = await openCrashWorld(dir, 'node')
  try {
    const coming = morningsAfter(new Date())
    const first = coming.next().value as Morning
    const shops = await withDatabase(world.databaseUrl, (db) => openReportedShops(db, plan.shops, first))
    const work = new MorningWork(world, shops)
    const struck = await liveThroughBlows(work, plan, first, coming)
    await work.settle()
    const wrongs = foundOf(await judgeReports(world, shops, work.mornings, work.arrivals))
    const seconds = Math.round((Date.now() - startedAt) / 1_000)
    const done = { shops: shops.length, mornings: work.mornings.length, ...(await work.figures()) }
    return { wrongs, figures: { seconds, ...blowFigures(struck), ...done } }
  } finally {
    await world.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

async function liveThroughBlows(
  work: MorningWork,
  plan: ReportCrashPlan,
  first: Morning,
  coming: Generator<Morning>,
): Promise<Struck> {
  const over = new AbortController()
  let isOver = false
  const blow = () => {
    work.blows++
  }
  const striking = strike(worldOf(work), { ...plan, doomable: ['app'] }, over.signal, blow).finally(() => {
    isOver = true
  })
  const live = async () => {
    for (let morning = first; ; morning = coming.next().value as Morning) {
      await work.live(morning, over.signal)
      if (isOver) return
    }
  }
  try {
    const [struck] = await Promise.all([striking, live()])
    return struck
  } finally {
    over.abort()
  }
}

/** The world as it is struck: when a fan-out is under way, and so seldom that each comes to its end all the same. */
function worldOf(work: MorningWork): CrashWorld {
  const isWhole = { get: () => work.world.isWhole && work.isUnderWay && work.blows < BLOWS_A_MORNING }
  return Object.create(work.world, { isWhole })
}

/** What is done with the world besides striking it. */
class MorningWork {
  readonly mornings: Morning[] = []
  readonly arrivals: Arrivals
  /** From the slot until the last letter is out. */
  isUnderWay = false
  /** Of this morning. */
  blows = 0

  constructor(
    readonly world: CrashWorld,
    private readonly shops: readonly ReportedShop[],
  ) {
    this.arrivals = new Arrivals(world.mailUrl)
  }

  /** Lets one morning come, and time go by until all its letters are out: a try that failed waits for its next one. */
  async live(morning: Morning, over: AbortSignal): Promise<void> {
    this.mornings.push(morning)
    this.blows = 0
    this.isUnderWay = true
    const deadline = Date.now() + MORNING_LIMIT_MS
    for (let at = morning.slot; ; at = new Date(at.getTime() + MINUTE_MS)) {
      await this.move(at, deadline, over)
      if (await this.isDone()) break
    }
    this.isUnderWay = false
  }

  /** Whatever is struck meanwhile; the clock itself goes on while it is asked for again, and is never put back. */
  private async move(to: Date, deadline: number, over?: AbortSignal): Promise<void> {
    const begun = Date.now()
    while (!(await this.world.move(new Date(to.getTime() + Date.now() - begun)))) {
      over?.throwIfAborted()
      if (Date.now() > deadline) throw new Error(`Time could not be moved to ${to.toISOString()}`)
      await sleep(50)
    }
  }

  private async isDone(): Promise<boolean> {
    const expected = this.shops.length * this.mornings.length
    try {
      return await withDatabase(this.world.databaseUrl, async (db) => {
        const { rows } = await db.query<{ sent: number }>(
          `SELECT count(*)::int AS sent FROM "Letter" WHERE "status" = 'sent'`,
        )
        if ((rows[0]?.sent ?? 0) < expected) return false
        await this.arrivals.look()
        return true
      })
    } catch {
      // The database or the mail sandbox is being started again.
      return false
    }
  }

  /** Everything is up again by now; what the last blows left half done is done here. */
  async settle(): Promise<void> {
    const last = this.mornings.at(-1)?.slot ?? new Date()
    for (const hours of [1, 2]) {
      await outboxEmptied(this.world)
      await this.move(new Date(last.getTime() + hours * 60 * MINUTE_MS), Date.now() + MORNING_LIMIT_MS)
    }
    await ledgerSettled(this.world)
    await this.arrivals.look()
  }

  figures(): Promise<Figures> {
    return withDatabase(this.world.databaseUrl, async (db) => {
      const { rows } = await db.query<Figures>(`
        SELECT (SELECT count(*)::int FROM "Report") AS reports,
          (SELECT count(*)::int FROM "Letter" WHERE "status" = 'sent') AS "letters sent",
          (SELECT count(*)::int FROM engine.run WHERE function_id = 'backroom-daily-report') AS "runs of daily-report",
          (SELECT count(*)::int FROM engine.run WHERE function_id = 'backroom-generate-report') AS "runs of generate-report",
          (SELECT count(*)::int FROM engine.run WHERE function_id = 'backroom-send-letter-batch') AS "runs of send-letter-batch",
          (SELECT count(*)::int FROM engine.run WHERE status = 'failed') AS "runs failed"`)
      return rows[0] ?? {}
    })
  }
}
