import type { CheckResult, Finding } from './check'

export type OpenIncident = { id: string; kind: string; subject: string; message: string }

export type IncidentChanges = {
  opened: Finding[]
  /** Open already, and told in other words by now. */
  retold: { id: string; message: string }[]
  closed: string[]
}

/**
 * What the checks' results make of the incidents that are open. What is found and open stays open; what is no longer found
 * is over, but only where its check could be made. Pure.
 */
export function decideIncidents(open: readonly OpenIncident[], results: readonly CheckResult[]): IncidentChanges {
  const made = results.filter((result) => result.isMade)
  const found = new Map(made.flatMap(({ findings }) => findings).map((finding) => [keyOf(finding), finding]))
  const looked = new Set(made.flatMap(({ kinds }) => kinds))
  const known = new Set(open.map(keyOf))
  return {
    opened: [...found].filter(([key]) => !known.has(key)).map(([, finding]) => finding),
    retold: open.flatMap((incident) => {
      const message = found.get(keyOf(incident))?.message ?? incident.message
      return message === incident.message ? [] : [{ id: incident.id, message }]
    }),
    closed: open.filter(({ kind, subject }) => looked.has(kind) && !found.has(keyOf({ kind, subject }))).map(idOf),
  }
}

const idOf = ({ id }: { id: string }) => id
const keyOf = ({ kind, subject }: { kind: string; subject: string }) => JSON.stringify([kind, subject])
