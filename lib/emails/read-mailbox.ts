import { z } from 'zod'
import { type Actor, assertOperator } from '../auth/actor'
import { env } from '../env'

const mailbox = z.object({
  letters: z.array(
    z.object({
      id: z.string(),
      sentAt: z.string(),
      key: z.string().nullable(),
      letter: z.object({
        to: z.array(z.string()),
        subject: z.string(),
        html: z.string().nullish(),
        text: z.string().nullish(),
      }),
    }),
  ),
})

export type MailboxLetter = z.infer<typeof mailbox>['letters'][number]

const LIMIT_MS = 2_000

/**
 * What the mail sandbox was sent, newest first, with links that work: the inbox of everybody on this machine.
 * @returns null outside local mode, or when letters go to the real Resend.
 */
export async function readMailbox(actor: Pick<Actor, 'isOperator'>): Promise<MailboxLetter[] | null> {
  assertOperator(actor)
  const { mode, email } = env()
  if (mode !== 'local' || !email.resendBaseUrl || email.resendApiKey) return null
  const response = await fetch(new URL('/sandbox/letters', email.resendBaseUrl), {
    signal: AbortSignal.timeout(LIMIT_MS),
  })
  return mailbox.parse(await response.json()).letters
}
