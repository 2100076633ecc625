import type pg from 'pg'
import { periodWords } from '@/lib/reports/find-period'
import { withDatabase } from '../../support/with-database'
import type { CrashWorld } from '../world'
import type { Morning, ReportedShop } from './shops'

/** Every letter that has ever arrived at the provider, by its own id; the provider itself forgets old ones. */
export class Arrivals {
  private readonly found = new Map<string, string>()

  constructor(private readonly mailUrl: string) {}

  async look(): Promise<void> {
    const response = await fetch(`${this.mailUrl}/sandbox/letters?limit=1000000`)
    const { letters } = (await response.json()) as {
      letters: { id: string; letter: { to: string[]; subject: string } }[]
    }
    for (const { id, letter } of letters) this.found.set(id, `${letter.to.join()} ${letter.subject}`)
  }

  /** How often each arrived, by address and subject. */
  counts(): Map<string, number> {
    const counts = new Map<string, number>()
    for (const letter of this.found.values()) counts.set(letter, (counts.get(letter) ?? 0) + 1)
    return counts
  }
}

/** The letter that tells of a shop's report, as `Arrivals` knows it. */
function letterOf({ name, email }: ReportedShop, { reported }: Morning): string {
  return `${email} ${name}: ${periodWords('daily', { startDate: reported, endDate: reported })}`
}

/** What should never be: lists, and counts of what should be none. One report and one letter for each shop and morning. */
export async function judgeReports(
  { databaseUrl }: CrashWorld,
  shops: readonly ReportedShop[],
  mornings: readonly Morning[],
  arrivals: Arrivals,
) {
  const letters = arrivals.counts()
  const expected = mornings.flatMap((morning) =>
    shops.map((shop) => ({ shop, morning, letter: letterOf(shop, morning) })),
  )
  const known = new Set(expected.map(({ letter }) => letter))
  return withDatabase(databaseUrl, async (db) => {
    const reports = await reportsIn(db)
    const factOf = (shop: ReportedShop, { reported }: Morning) => `${shop.accountId} daily ${reported} ${reported}`
    const facts = new Set(expected.map(({ shop, morning }) => factOf(shop, morning)))
    return {
      missingReports: [...facts].filter((fact) => !reports.has(fact)),
      reportsOfNothing: [...reports.keys()].filter((fact) => !facts.has(fact)),
      doubledReports: [...reports].filter(([, n]) => n > 1).map(([fact]) => fact),
      missingLetters: [...known].filter((letter) => !letters.has(letter)),
      lettersOfNothing: [...letters.keys()].filter((letter) => !known.has(letter)),
      doubledLetters: [...letters].filter(([, n]) => n > 1).map(([letter, n]) => `${letter}: ${n}`),
      slotsTooMany: (await count(db, `"ScheduleSlot" WHERE "scheduleId" = 'daily-report'`)) - facts.size,
      unsentLetters: await count(db, `"Letter" WHERE "status" <> 'sent'`),
      unsentBatches: await count(db, `"LetterBatch" WHERE "status" <> 'sent'`),
      unsentEvents: await count(db, `"OutboxEvent" WHERE "status" <> 'sent'`),
      openRuns: await count(db, 'engine.run WHERE ended_at IS NULL'),
    }
  })
}

async function reportsIn(db: pg.Client): Promise<Map<string, number>> {
  const { rows } = await db.query<{ fact: string; n: number }>(
    `SELECT concat_ws(' ', "accountId", "type", "startDate", "endDate") AS fact, count(*)::int AS n FROM "Report" GROUP BY 1`,
  )
  return new Map(rows.map(({ fact, n }) => [fact, n]))
}

async function count(db: pg.Client, rows: string): Promise<number> {
  return (await db.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${rows}`)).rows[0]?.n ?? Number.NaN
}
