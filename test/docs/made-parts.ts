import { differencesList } from './differences'
import { withMarked } from './marked'
import { schedulesTable } from './schedules'

/** The documents with parts that are made from code, each with what brings it up to date. */
export const madeParts: Record<string, (page: string) => string> = {
  'ARCHITECTURE.md': (page) => withMarked(page, 'differences', differencesList()),
  'README.md': (page) => withMarked(page, 'schedules', schedulesTable()),
}
