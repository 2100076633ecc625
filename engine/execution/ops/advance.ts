import type { RegisteredFunction } from '../../model/function'
import type { Item, Run } from '../../model/run'
import type { Draft } from '../draft'

/** What an op is handled with: the run that it belongs to and the item whose call brought it. */
export type Advance = {
  draft: Draft
  run: Run
  fn: RegisteredFunction
  item: Item
  /** The answer's own word on trying again, for ops that tell of an error. */
  noRetry: boolean
  retryAfter?: string
}
