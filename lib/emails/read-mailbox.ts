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

/** Whether letters stay on this machine, in the sandbox. */
export function hasMailbox(): boolean {
  const { mode, email } = env()
  return mode === 'local' && Boolean(email.resendBaseUrl) && !email.resendApiKey
}

/**
 * What the mail sandbox was sent, newest first, with links that work: the inbox of everybody on this machine.
 * @returns null outside local mode, or when letters go to the real Resend.
 */
export async function readMailbox(actor: Pick<Actor, 'isOperator'>): Promise<MailboxLetter[] | null> {
  assertOperator(actor)
  const { resendBaseUrl } = env().email
  if (!hasMailbox() || !resendBaseUrl) return null
  const response = await fetch(new URL('/sandbox/letters', resendBaseUrl), {
    signal: AbortSignal.timeout(LIMIT_MS),
  })
  return mailbox.parse(await response.json()).letters
}
