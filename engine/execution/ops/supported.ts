import { labelOf, type Op, setsMetadata } from '../../model/opcode'
import type { Run } from '../../model/run'
import type { Draft } from '../draft'
import { failRun } from '../finish'

/** Fails the run of a step that sets metadata: to drop it in silence would be a lie. @returns whether the op may be handled. */
export function isSupported(draft: Draft, run: Run, op: Op): boolean {
  if (!setsMetadata(op)) return true
  failRun(draft, run, `The step "${labelOf(op)}" sets metadata, which this engine does not support`)
  return false
}
