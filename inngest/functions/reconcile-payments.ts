import { now } from '@/lib/clock'
import type { Window } from '@/lib/payments/provider-records'
import { type Compared, compareIntents, compareRefunds, compareUnseen, lookAgain } from '@/lib/reconciliation/reconcile'
import { skipWhileAway } from '@/lib/reconciliation/skip-while-away'
import { reconcileWindows } from '@/lib/reconciliation/window'
import { readRunRequest } from '@/lib/schedules/run-request'
import { recordSlots, takeSlots } from '@/lib/schedules/take-slots'
import { inngest } from '../client'
import { scheduleOf, triggersOfSchedule } from '../schedules'

const schedule = scheduleOf('reconcile-payments')
/** A thousand intents a part. */
const MOST_PARTS = 200

/** Holds what the payment provider has of the last days against our tables: settles what is clear, and shows the rest. */
export const reconcilePayments = inngest.createFunction(
  {
    id: 'reconcile-payments',
    triggers: triggersOfSchedule('reconcile-payments'),
    concurrency: 1,
    timeouts: { finish: '6h' },
  },
  async ({ event, step, attempt, maxAttempts }) => {
    const { slots, windows } = await step.run('take-slots', async () => {
      const { due } = await takeSlots(schedule, now())
      return { slots: due, windows: await reconcileWindows(schedule.id, now(), new Date()) }
    })
    if (slots.length === 0 && !readRunRequest(event.data)) return { compared: false, reason: 'already done' }
    const sum = { intents: 0, settled: 0, shown: 0, gone: 0 }
    // An outage is told of by the health check; the next hour compares what this one could not.
    const ask = <T>(work: () => Promise<T>) => skipWhileAway({ attempt, maxAttempts }, work)

    const parts: [name: string, part: (after: string | null) => Promise<Compared>][] = [
      ['compare-intents', (after) => compareIntents(windowOf(windows.theirs), after)],
      ['compare-refunds', (after) => compareRefunds(windowOf(windows.theirs), after)],
      ['compare-unseen', (after) => compareUnseen(windowOf(windows.ours), after)],
    ]
    for (const [name, part] of parts) {
      for (let n = 1, after: string | null = null; n <= MOST_PARTS; n++) {
        const from: string | null = after
        const done: Compared | null = await step.run(`${name}-${n}`, () => ask(() => part(from)))
        if (!done) return { compared: false, reason: 'the payment provider is away' }
        sum.intents += done.compared
        sum.settled += done.settled
        sum.shown += done.shown
        if (!done.next) break
        after = done.next
      }
    }
    sum.gone = (await step.run('look-again', () => ask(lookAgain))) ?? 0
    const outcome = `${sum.intents} compared, ${sum.settled} settled, ${sum.shown} shown`
    await step.run('record-slots', () =>
      recordSlots({ scheduleId: schedule.id, slots: datesOf(slots), status: 'done', outcome, now: now() }),
    )
    return { compared: true, ...sum }
  },
)

/** A step's result has come through JSON. */
const datesOf = (texts: string[]) => texts.map((text) => new Date(text))
const windowOf = ({ from, to }: { from: string; to: string }): Window => ({ from: new Date(from), to: new Date(to) })
