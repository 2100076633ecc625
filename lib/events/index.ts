import { z } from 'zod'
import { reportTypes } from '../reports/report-schedules'

/** The letters that can be asked for by an event, each by its template's name. */
export const letterTemplates = [
  'welcome',
  'getting-started-tips',
  're-engagement',
  'password-reset',
  'verify-email',
  'dead-letter-alert',
  'incident-alert',
  'order-confirmation',
  'order-not-confirmed',
  'order-reminder',
  'report',
] as const

/** What can be done to a picture. */
export const imageOperations = ['resize', 'compress', 'watermark'] as const
export type ImageOperation = (typeof imageOperations)[number]

const emailAddress = z.email('This should be an address such as ann@example.com.')

/**
 * Every event of the app, by name. Unknown keys are dropped and never refused: an event of tomorrow's shape, or one
 * that carries the server's own additions, must still be readable today.
 */
export const eventSchemas = {
  /** A person has signed up. */
  'user/created': z.object({ userId: z.string().min(1), email: emailAddress }),
  /** The owner has closed a shop's account. */
  'account/closed': z.object({ accountId: z.string().min(1), userId: z.string().min(1) }),
  /** One letter should go out. A secret travels as `data.secretId`, never as itself. */
  'email/requested': z.object({
    to: emailAddress,
    subject: z.string().min(1).max(200),
    template: z.enum(letterTemplates),
    data: z.record(z.string(), z.unknown()),
    /** The business fact that this letter is for: one letter goes out for a key. The event's id where none is given. */
    key: z.string().min(1).max(200).optional(),
  }),
  /** An owner wants many products changed. */
  'products/bulk-update-requested': z.object({ bulkUpdateId: z.string().min(1) }),
  /** A customer has given a card for an order, whose total is in minor units of its currency. */
  'order/placed': z.object({ orderId: z.string().min(1), total: z.int().min(0) }),
  /** The time to give a card for an order is over. */
  'order/checkout-lapsed': z.object({ orderId: z.string().min(1) }),
  /** The customer or the owner wants an order not to be. */
  'order/cancel-requested': z.object({ orderId: z.string().min(1) }),
  /** An order's stock and money should be brought to the truth; one that is not confirmed yet ends as it says. */
  'order/settlement-requested': z.object({
    orderId: z.string().min(1),
    endingAs: z.enum(['failed', 'cancelled']).optional(),
  }),
  /** A day has gone by since an order was confirmed. */
  'order/reminder': z.object({ orderId: z.string().min(1) }),
  /** The payment provider has told something. */
  'webhook/received': z.object({ webhookEventId: z.string().min(1) }),
  /** A picture is in the storage, and should be made ready for the shop. */
  'image/uploaded': z.object({
    imageId: z.string().min(1),
    /** Done in this order. */
    operations: z.array(z.enum(imageOperations)).min(1),
    outputPath: z.string().min(1),
  }),
  /** An owner has brought a file of products. */
  'import/requested': z.object({ importId: z.string().min(1) }),
  /** A shop's figures of a period are due, from the first day to the last one. */
  'report/scheduled': z.object({
    accountId: z.string().min(1),
    type: z.enum(reportTypes),
    startDate: z.iso.date('startDate should be a date such as 2026-11-24.'),
    endDate: z.iso.date('endDate should be a date such as 2026-11-24.'),
    /** It could not be made with others, and is to be made alone. */
    single: z.boolean().optional(),
    /** Of the request to make it anew; what is there is replaced then. */
    requestId: z.string().min(1).max(64).optional(),
    /** Of a request that makes only what is not there: a report that is there stays, and goes out no second time. */
    onlyMissing: z.boolean().optional(),
    /** Whether one that is made anew goes out by letter once more. */
    withLetter: z.boolean().optional(),
  }),
  /** An operator wants a schedule's function to run now; one that makes reports, for a period. */
  'schedule/run-requested': z.object({
    scheduleId: z.string().min(1),
    /** Of the form: sent twice, it is one request. */
    requestId: z.string().min(1).max(64),
    startDate: z.iso.date('startDate should be a date such as 2026-11-24.').optional(),
    endDate: z.iso.date('endDate should be a date such as 2026-11-24.').optional(),
    /** Whether reports that are there are made again, and whether those go out by letter once more. */
    makeAgain: z.boolean().optional(),
    withLetter: z.boolean().optional(),
  }),
  /** The members of a batch of letters stand. */
  'letters/batch-frozen': z.object({ batchId: z.string().min(1) }),
  /** Something is wrong, and operators are to be told. */
  'incident/opened': z.object({ incidentId: z.string().min(1) }),
  /** It is over, and operators are to be told that, too. */
  'incident/closed': z.object({ incidentId: z.string().min(1) }),
  /** An operator wants a failed run's work done again. */
  'dead-letter/replay-requested': z.object({ deadLetterId: z.string().min(1), replayId: z.string().min(1) }),
} as const

export type EventName = keyof typeof eventSchemas
export type EventData<Name extends EventName> = z.infer<(typeof eventSchemas)[Name]>
