import { db } from '../db'
import { env } from '../env'
import { wordsOfKind } from './incident-kinds'

/** An incident as it is told: frozen, so that every letter and every try of a post says the same. Instants are ISO 8601. */
export type Alert = {
  incidentId: string
  state: AlertState
  kind: string
  title: string
  subject: string
  message: string
  means: string
  toDo: string
  openedAt: string
  /** Of one that is over. */
  closedAt: string | null
  /** Where operators see it. */
  url: string
}

export type AlertState = 'opened' | 'closed'

/** What is to be told of an incident that has opened, or closed; null where it is no longer kept. */
export async function readAlert(incidentId: string, state: AlertState): Promise<Alert | null> {
  const incident = await db().incident.findUnique({ where: { id: incidentId } })
  if (!incident) return null
  const { kind, subject, message, openedAt, closedAt } = incident
  return {
    ...{ incidentId, state, kind, subject, message, ...wordsOfKind(kind), openedAt: openedAt.toISOString() },
    closedAt: state === 'closed' ? (closedAt?.toISOString() ?? null) : null,
    url: `${env().appUrl}/console/incidents#${encodeURIComponent(kind)}`,
  }
}
