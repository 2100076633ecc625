/** The engine's time: the machine's, moved forward by an offset that only grows. */
export type EngineClock = {
  /** Engine time in milliseconds: timers, waits, retries, cron, flow control. */
  now(): number
  /** Real time in milliseconds: signatures, call limits, transport waits. */
  realNow(): number
  offsetMs: number
}

/** Real milliseconds from some start, which only go forward, whatever is done to the machine's clock. */
export const steadyNow = (): number => performance.now()

export function engineClock(realNow: () => number = Date.now): EngineClock {
  const clock = { offsetMs: 0, realNow, now: () => realNow() + clock.offsetMs }
  return clock
}
