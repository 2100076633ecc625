import type { Op } from '../../model/opcode'
import { mayRetry, retryItem } from '../retry'
import type { Advance } from './advance'
import { stepFailed } from './step-failed'

/**
 * A step threw and may be tried again: the same call, one attempt on. The SDK says when attempts are used up; should
 * it not, they end here.
 */
export function stepError(advance: Advance, op: Op): void {
  if (mayRetry(advance)) retryItem(advance)
  else stepFailed(advance, op)
}
