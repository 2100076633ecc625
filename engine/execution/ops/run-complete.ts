import type { Op } from '../../model/opcode'
import { finishRun } from '../finish'
import type { Advance } from './advance'

/** The function has returned. */
export function runComplete({ draft, run }: Advance, op: Op): void {
  finishRun(draft, run, { status: 'completed', output: op.data ?? null })
}
