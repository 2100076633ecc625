import type { Inngest, InngestFunction } from 'inngest'

/** Functions without a step, with one and with five, whose app saves each step within its call (the SDK's default). */
export const workloads = ['none', 'one', 'five'] as const
/** The same with checkpointing off: a call for each step, and one for the end. */
export const uncheckpointed = ['none-off', 'one-off', 'five-off'] as const
export type Workload = (typeof workloads | typeof uncheckpointed)[number]

/** How many steps each takes. */
export const stepsOf: Record<Workload, number> = {
  ...{ none: 0, one: 1, five: 5 },
  ...{ 'none-off': 0, 'one-off': 1, 'five-off': 5 },
}

export function isCheckpointed(workload: Workload): boolean {
  return !workload.endsWith('-off')
}

/** What the benched app has done: counted where the work is done, not where it is asked for. */
export type Counts = { runs: Record<string, number>; firstLines: number[] }

export const noCounts = (): Counts => ({ runs: {}, firstLines: [] })

export function countRun({ runs }: Counts, name: string): void {
  runs[name] = (runs[name] ?? 0) + 1
}

/** The functions that are benched, `counts` being what they add to. */
export function benchFunctions(inngest: Inngest, counts: Counts): InngestFunction.Any[] {
  const named = [...workloads, ...uncheckpointed].map((workload) =>
    stepped(inngest, counts, workload, stepsOf[workload], isCheckpointed(workload)),
  )
  return [...named, stepped(inngest, counts, 'three', 3, true), latency(inngest, counts), fan(inngest)]
}

function stepped(inngest: Inngest, counts: Counts, id: string, steps: number, checkpointing: boolean) {
  return inngest.createFunction({ id, triggers: [{ event: `bench/${id}` }], checkpointing }, async ({ step }) => {
    for (let n = 0; n < steps; n++) await step.run(`step-${n}`, () => n)
    countRun(counts, id)
    return { workload: id }
  })
}

/** Notes when its first line ran. */
function latency(inngest: Inngest, counts: Counts) {
  return inngest.createFunction({ id: 'latency', triggers: [{ event: 'bench/latency' }] }, async ({ event }) => {
    counts.firstLines.push(Date.now() - Number(event.data.sentAt))
  })
}

/** So many events does one step of the fan-out send. */
export const FAN_PART = 1_000

/** Starts `events` runs of the function without a step, by its own steps. */
function fan(inngest: Inngest) {
  return inngest.createFunction({ id: 'fan', triggers: [{ event: 'bench/fan' }] }, async ({ event, step }) => {
    const parts = Number(event.data.events) / FAN_PART
    for (let n = 0; n < parts; n++) {
      const events = Array.from({ length: FAN_PART }, (_, i) => ({ name: 'bench/none', data: { n, i } }))
      await step.sendEvent(`part-${n}`, events)
    }
  })
}
