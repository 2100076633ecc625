import type { InngestFunction } from 'inngest'

/** A trigger as a function states it: by an event type, by an event's name, or by a cron expression. */
export type Trigger = { event?: string | { name: string }; cron?: string; if?: string }

/** @returns the function's triggers, however they were written. */
export function triggersOf(fn: InngestFunction.Any): { event?: string; cron?: string }[] {
  return ((fn.opts as { triggers?: Trigger[] }).triggers ?? []).map(({ event, cron }) => ({
    ...(event === undefined ? {} : { event: typeof event === 'string' ? event : event.name }),
    ...(cron === undefined ? {} : { cron }),
  }))
}

/** Ids of the functions that an event of this name starts, an `if` aside. */
export function functionsTriggeredBy(name: string, functions: readonly InngestFunction.Any[]): string[] {
  return functions
    .filter((fn) => triggersOf(fn).some(({ event }) => event !== undefined && fits(event, name)))
    .map((fn) => fn.id())
}

/** A trigger's name may end in `*`, after a `/` or a `.`. */
function fits(trigger: string, name: string): boolean {
  return trigger.endsWith('*') ? name.startsWith(trigger.slice(0, -1)) : trigger === name
}
