import type { InngestFunction } from 'inngest'
import { triggersOf } from '@/inngest/triggers'

/** A function as its page tells of it. */
export type FunctionFacts = { id: string; triggers: string[]; retries: number; limits: string[] }

/** The server's, where a function states none. */
const DEFAULT_RETRIES = 4

type Options = {
  retries?: number
  concurrency?: Limit | Limit[]
  throttle?: Window
  rateLimit?: Window
  debounce?: { period: string }
  batchEvents?: { maxSize: number; timeout: string }
  priority?: { run?: string }
  singleton?: { mode: string }
  timeouts?: { start?: string; finish?: string }
  cancelOn?: { event: string | { name: string } }[]
}
type Limit = number | { limit: number; key?: string }
type Window = { limit: number; period: string; key?: string }

/** Reads a function's triggers, retries and limits from how it was made. */
export function describeFunction(fn: InngestFunction.Any): FunctionFacts {
  const options = fn.opts as Options
  return {
    id: fn.id(),
    triggers: triggersOf(fn).map(({ event, cron }) => event ?? `cron ${cron}`),
    retries: options.retries ?? DEFAULT_RETRIES,
    limits: limitsOf(options),
  }
}

function limitsOf(options: Options): string[] {
  const { concurrency, throttle, rateLimit, debounce, batchEvents, priority, singleton, timeouts, cancelOn } = options
  const concurrencies = concurrency === undefined ? [] : Array.isArray(concurrency) ? concurrency : [concurrency]
  return [
    ...concurrencies.map((each) =>
      typeof each === 'number' ? `${each} at a time` : `${each.limit} at a time${per(each)}`,
    ),
    throttle && `${throttle.limit} in ${throttle.period}${per(throttle)}, the others later`,
    rateLimit && `${rateLimit.limit} in ${rateLimit.period}${per(rateLimit)}, the others never`,
    debounce && `when ${debounce.period} were quiet`,
    batchEvents && `up to ${batchEvents.maxSize} events together, within ${batchEvents.timeout}`,
    priority?.run && 'by priority',
    singleton && `one at a time (${singleton.mode})`,
    timeouts?.start && `begins within ${timeouts.start}`,
    timeouts?.finish && `ends within ${timeouts.finish}`,
    ...(cancelOn ?? []).map(({ event }) => `cancelled by ${typeof event === 'string' ? event : event.name}`),
  ].filter((words) => typeof words === 'string')
}

const per = ({ key }: { key?: string }) => (key ? ` per ${key.replace(/^event\.data\./, '')}` : '')
