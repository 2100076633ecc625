/** A figure for each value of one label, or of two. */
export type ByLabel = Record<string, number>

export type FunctionTimes = {
  functionId: string
  /** From a run's first call to its end, its sleeps included; milliseconds, of its latest runs. */
  durationP50Ms: number | null
  durationP95Ms: number | null
  /** From when a run could have begun to its first call. */
  waitP50Ms: number | null
  waitP95Ms: number | null
}

/** Everything that is told to whoever measures. */
export type Figures = {
  outbox: { pending: number; oldestPendingMs: number; parked: number }
  runs: { functionId: string; status: string; amount: number }[]
  times: FunctionTimes[]
  deadLettersOpen: { functionId: string; amount: number }[]
  incidentsOpen: ByLabel
  scheduleLateMs: ByLabel
  letters: { undelivered: ByLabel; lastDay: ByLabel }
  orders: { underWay: ByLabel; lastDay: ByLabel }
}
