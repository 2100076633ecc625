import type { Schedule } from '../schedules/schedule'
import type { IncidentKind } from './incident-kinds'

/** Something that is wrong now. */
export type Finding = {
  kind: IncidentKind
  /** What of that kind, such as a function's id: of each one incident is open at most. */
  subject: string
  /** For operators, in a sentence or two. */
  message: string
}

/** What a check may look at. */
export type CheckView = {
  /** Business time. */
  at: Date
  /** The machine's time: outbox and letters go by it. */
  realAt: Date
  schedules: readonly Schedule[]
  /** The kinds of which an incident is open. */
  openKinds: readonly string[]
}

export type Check = {
  id: string
  /** What it can find: of these, what it does not find is over. */
  kinds: readonly IncidentKind[]
  /** @throws where it can't be made; then nothing is known. */
  find: (view: CheckView) => Promise<Finding[]>
}

/** What came of a check: what it has found, or why it could not be made. */
export type CheckResult = { id: string; kinds: readonly string[] } & (
  | { isMade: true; findings: Finding[] }
  | { isMade: false; reason: string }
)
