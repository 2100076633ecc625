import type { ReactElement } from 'react'
import { z } from 'zod'
import type { letterTemplates } from '../events'
import { chartUrl } from '../reports/chart-link'
import { reportTypes } from '../reports/report-schedules'
import { DeadLetterAlert } from './templates/dead-letter-alert'
import { GettingStartedTips } from './templates/getting-started-tips'
import { IncidentAlert } from './templates/incident-alert'
import { OrderConfirmation } from './templates/order-confirmation'
import { OrderNotConfirmed, orderOutcomes } from './templates/order-not-confirmed'
import { OrderReminder } from './templates/order-reminder'
import { PasswordReset } from './templates/password-reset'
import { ReEngagement } from './templates/re-engagement'
import { ReportLetter } from './templates/report'
import { reportText } from './templates/report-text'
import { VerifyEmail } from './templates/verify-email'
import { Welcome } from './templates/welcome'
import { RE_ENGAGEMENT_TOPIC, reportTopic } from './unsubscribe'

export type LetterTemplate = (typeof letterTemplates)[number]

const toShop = z.object({ name: z.string(), shopName: z.string(), dashboardUrl: z.url() })
const ofOrder = z.object({ name: z.string(), shopName: z.string(), number: z.int(), orderUrl: z.url() })
const withSecret = z.object({ name: z.string(), secretId: z.string().min(1) })

type Kind<Schema extends z.ZodType> = {
  data: Schema
  subject: (data: z.infer<Schema>) => string
  /** `link` is there for letters with a secret, and for those that somebody may want no more of. */
  body: (data: z.infer<Schema>, link: string) => ReactElement
  /** What the letter's secret link is for, if it has one. */
  secret?: 'reset-password' | 'verify-email'
  /** What somebody ends who wants no more of them; there are none where a letter is asked for, or answers something. */
  topic?: (data: z.infer<Schema>) => string
  /** Rendered once and then filled in; its body looks at no text but these fields, and at none of `link`. */
  compiled?: {
    looksAt: readonly string[]
    derive: (data: z.infer<Schema>) => Record<string, string>
    text: (data: z.infer<Schema>, link: string) => string
  }
}

const kind = <Schema extends z.ZodType>(definition: Kind<Schema>): Kind<Schema> => definition

/** Every letter: what it must be told, its subject and its body. The only place that knows. */
export const letters = {
  welcome: kind({
    data: toShop,
    subject: ({ shopName }) => `Welcome to Backroom, ${shopName}`,
    body: (data) => <Welcome {...data} />,
  }),
  'getting-started-tips': kind({
    data: toShop,
    subject: () => 'Three things for the first day',
    body: (data) => <GettingStartedTips {...data} />,
  }),
  're-engagement': kind({
    data: toShop,
    subject: ({ shopName }) => `${shopName} is where you left it`,
    body: (data, link) => <ReEngagement {...data} unsubscribeUrl={link} />,
    topic: () => RE_ENGAGEMENT_TOPIC,
  }),
  'password-reset': kind({
    data: withSecret,
    subject: () => 'Choose a new password',
    body: ({ name }, link) => <PasswordReset name={name} link={link} />,
    secret: 'reset-password',
  }),
  'verify-email': kind({
    data: withSecret,
    subject: () => 'Please confirm your email address',
    body: ({ name }, link) => <VerifyEmail name={name} link={link} />,
    secret: 'verify-email',
  }),
  'order-confirmation': kind({
    data: ofOrder.extend({
      items: z.array(z.object({ title: z.string(), quantity: z.int(), total: z.string() })),
      total: z.string(),
    }),
    subject: ({ shopName, number }) => `Your order ${number} at ${shopName} is confirmed`,
    body: (data) => <OrderConfirmation {...data} />,
  }),
  'order-not-confirmed': kind({
    data: ofOrder.extend({ outcome: z.enum(orderOutcomes), wasPaid: z.boolean() }),
    subject: ({ shopName, number, outcome }) =>
      `Your order ${number} at ${shopName} ${outcome === 'refunded' ? 'is refunded' : 'will not be sent'}`,
    body: (data) => <OrderNotConfirmed {...data} />,
  }),
  'order-reminder': kind({
    data: ofOrder,
    subject: ({ shopName, number }) => `About your order ${number} at ${shopName}`,
    body: (data) => <OrderReminder {...data} />,
  }),
  report: kind({
    data: z.object({
      ...{ accountId: z.string(), reportId: z.string(), version: z.int(), type: z.enum(reportTypes) },
      ...{ shopName: z.string(), period: z.string(), reportUrl: z.url(), chartWords: z.string() },
      figures: z.array(z.object({ label: z.string(), now: z.string(), before: z.string() })),
      bestProducts: z.array(
        z.object({ title: z.string(), sold: z.string(), revenue: z.string(), revenueBefore: z.string().default('') }),
      ),
      lowStock: z.array(z.object({ title: z.string(), left: z.string() })),
      ...{ moreLowStock: z.array(z.string()), failures: z.array(z.string()) },
    }),
    subject: ({ shopName, period }) => `${shopName}: ${period}`,
    body: (data, link) => <ReportLetter {...(data as typeof data & { chartUrl: string })} unsubscribeUrl={link} />,
    topic: ({ accountId }) => reportTopic(accountId),
    compiled: {
      looksAt: ['type'],
      derive: ({ reportId, version }) => ({ chartUrl: chartUrl(reportId, version) }),
      text: (data, link) => reportText({ ...data, unsubscribeUrl: link }),
    },
  }),
  'dead-letter-alert': kind({
    data: z.object({ functionId: z.string(), message: z.string(), groupUrl: z.url() }),
    subject: ({ functionId }) => `${functionId} fails in a new way`,
    body: (data) => <DeadLetterAlert {...data} />,
  }),
  'incident-alert': kind({
    data: z.object({
      ...{ title: z.string(), subject: z.string(), message: z.string(), means: z.string(), toDo: z.string() },
      ...{ openedAt: z.string(), closedAt: z.string().nullable(), incidentsUrl: z.url() },
    }),
    subject: ({ title, subject, closedAt }) => `${closedAt ? 'Over: ' : ''}${title} (${subject})`,
    body: (data) => <IncidentAlert {...data} />,
  }),
}

/** The kind of letter that a template's name stands for, for data whose shape is known only at run time. */
export function letterKind(template: LetterTemplate): Kind<z.ZodType> {
  return letters[template] as unknown as Kind<z.ZodType>
}
