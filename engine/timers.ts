import { setImmediate as nextTurn } from 'node:timers/promises'

/** How the engine waits. Handed in, so that a simulation can decide what happens next, and when. */
export type Timers = {
  /** Runs something once, after so many real milliseconds. @returns what calls it off. */
  after: (ms: number, run: () => void) => () => void
  /** One turn of the event loop: what has arrived by then is seen together. */
  turn: () => Promise<void>
}

export const realTimers: Timers = {
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  turn: () => nextTurn(),
}

export function sleep({ after }: Timers, ms: number): Promise<void> {
  return new Promise((resolve) => {
    after(ms, resolve)
  })
}
