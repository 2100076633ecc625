import type { Alert } from './alert'

export type AlertFormat = 'json' | 'slack'

/**
 * What is posted to a webhook: our own JSON, or a message as Slack takes it. Pure.
 *
 * Its fields stand in an order of their own: an alert that comes from a step's memo may have another one.
 */
export function alertBody(format: AlertFormat, alert: Alert): string {
  if (format === 'slack') return JSON.stringify({ text: slackText(alert) })
  const { incidentId: id, state, kind, title, subject, message, means, toDo, openedAt, closedAt, url } = alert
  const incident = { id, kind, title, subject, message, means, toDo, openedAt, closedAt, url }
  return JSON.stringify({ event: `incident/${state}`, incident })
}

function slackText({ state, title, subject, message, toDo, url }: Alert): string {
  const isOver = state === 'closed'
  const head = `*${escaped(isOver ? `Over: ${title}` : title)}* (${escaped(subject)})`
  return [head, escaped(message), ...(isOver ? [] : [escaped(toDo)]), `<${url}|Incidents>`].join('\n')
}

/** Slack reads these three as its own. */
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
