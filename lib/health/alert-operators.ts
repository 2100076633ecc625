import { listOperatorEmails } from '../auth/operators'
import { now } from '../clock'
import { db } from '../db'
import { letters } from '../emails/letters'
import { publishAll } from '../outbox/publish'
import type { Alert } from './alert'

/**
 * Asks for a letter to every operator about an incident that has opened or closed, once: who is operator then gets one.
 * @returns how many letters were asked for; none when they were before.
 */
export async function alertOperators(alert: Alert): Promise<{ letters: number }> {
  const { incidentId: id, state } = alert
  const operators = await listOperatorEmails()
  return db().$transaction(async (tx) => {
    const { count } = await (state === 'opened'
      ? tx.incident.updateMany({ where: { id, alertedAt: null }, data: { alertedAt: now() } })
      : tx.incident.updateMany({ where: { id, closeAlertedAt: null }, data: { closeAlertedAt: now() } }))
    if (count === 0) return { letters: 0 }
    await publishAll(
      tx,
      operators.map((to) => letterTo(to, alert)),
    )
    return { letters: operators.length }
  })
}

function letterTo(to: string, { incidentId, state, title, subject, message, means, toDo, ...alert }: Alert) {
  const key = `incident/${incidentId}/${state}/${to}`.slice(0, 200)
  const data = {
    ...{ title, subject, message, means, toDo, incidentsUrl: alert.url },
    openedAt: instantWords(alert.openedAt),
    closedAt: alert.closedAt && instantWords(alert.closedAt),
  }
  const letter = { to, template: 'incident-alert' as const, data, key }
  return {
    name: 'email/requested' as const,
    id: `email/${key}`,
    data: { ...letter, subject: letters['incident-alert'].subject(data).slice(0, 200) },
  }
}

const inWords = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
const instantWords = (text: string) => `${inWords.format(new Date(text))} UTC`
