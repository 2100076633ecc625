import { z } from 'zod'

const address = z
  .string()
  .max(998)
  .refine(
    (text) => /^(?:[^<>\r\n]*<)?[^\s<>@]+@[^\s<>@]+>?$/.test(text.trim()),
    'Invalid address. It should be `email@example.com` or `Name <email@example.com>`.',
  )
const addresses = z.union([address.transform((one) => [one]), z.array(address).min(1).max(50)])

/** What Resend's `POST /emails` takes, as far as this sandbox keeps it. */
export const letterRequest = z
  .looseObject({
    from: address,
    to: addresses,
    subject: z.string().max(998),
    html: z.string().nullish(),
    text: z.string().nullish(),
    reply_to: z.union([z.string(), z.array(z.string())]).nullish(),
    headers: z.record(z.string(), z.string()).nullish(),
    tags: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
  })
  .refine(({ html, text }) => Boolean(html || text), { path: ['html'], error: 'One of `html` or `text` is needed.' })

export type LetterRequest = z.infer<typeof letterRequest>

/** A letter that the sandbox was sent. */
export type SandboxLetter = { id: string; sentAt: string; key: string | null; letter: LetterRequest }
