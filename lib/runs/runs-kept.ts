import { env } from '../env'

/** How long completed runs stay in the ledger, as a sentence: what is older is counted in no chart. */
export function completedRunsKept(): string {
  const { completedRuns, completedRunsHours } = env().retention
  const count = new Intl.NumberFormat('en-GB').format(completedRuns)
  return `Counted is what the ledger keeps: completed runs for ${completedRunsHours} hours, and the latest ${count} of each function for longer.`
}
