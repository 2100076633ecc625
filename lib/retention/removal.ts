/** The two times that things are aged by: runs and letters by business time, sessions and log entries by the real one. */
export type Moment = { at: Date; realAt: Date }

/** One kind of things that are removed once nobody needs them any more. */
export type Removal = {
  /** In the words of its step and of the function's result. */
  kind: string
  /** Removes some of what has gone past its time, a few hundred rows in one short statement. @returns how many; fewer are all. */
  removeSome: (moment: Moment, most: number) => Promise<number>
}

const HOUR_MS = 3_600_000

/** The instant so many days before another. Pure. */
export const daysBefore = (instant: Date, days: number) => hoursBefore(instant, days * 24)

/** The instant so many hours before another. Pure. */
export const hoursBefore = (instant: Date, hours: number) => new Date(instant.getTime() - hours * HOUR_MS)
