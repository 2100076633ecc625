import type { Inngest, InngestFunction } from 'inngest'

export const workloads = ['none', 'one', 'five'] as const
export type Workload = (typeof workloads)[number]

/** How many steps each takes. */
export const stepsOf: Record<Workload, number> = { none: 0, one: 1, five: 5 }

/** What the benched app has done: counted where the work is done, not where it is asked for. */
export type Counts = Record<Workload, number> & { firstLines: number[] }

/** The functions that are benched: without a step, with one, with five; and one that notes when its first line ran. */
export function benchFunctions(inngest: Inngest, counts: Counts): InngestFunction.Any[] {
  const loads = workloads.map((workload) =>
    inngest.createFunction({ id: workload, triggers: [{ event: `bench/${workload}` }] }, async ({ step }) => {
      for (let n = 0; n < stepsOf[workload]; n++) await step.run(`step-${n}`, () => n)
      counts[workload]++
      return { workload }
    }),
  )
  const latency = inngest.createFunction(
    { id: 'latency', triggers: [{ event: 'bench/latency' }] },
    async ({ event }) => {
      counts.firstLines.push(Date.now() - Number(event.data.sentAt))
    },
  )
  return [...loads, latency]
}

export const noCounts = (): Counts => ({ none: 0, one: 0, five: 0, firstLines: [] })
