import { type Counts, noCounts } from '../../workloads'

// Each route has its own instance of this module; what they count together lives on globalThis.
const shared = globalThis as typeof globalThis & { benchCounts?: Counts }
shared.benchCounts ??= noCounts()

export const counts: Counts = shared.benchCounts
