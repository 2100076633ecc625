import { secretLinkUrl } from '../auth/secret-link'
import type { Letter } from '../db/generated/client'
import { env } from '../env'
import { type LetterTemplate, letterKind } from './letters'
import { renderLetter } from './render-letter'
import { unsubscribeUrl } from './unsubscribe'

/** A letter as the provider takes it. */
export type WrittenLetter = {
  from: string
  to: string
  subject: string
  html: string
  text: string
  headers?: Record<string, string>
}

/** Writes a letter of the ledger out, from what is frozen there: each time the same. */
export async function writeLetter({ to, subject, template, data, secretId }: Letter): Promise<WrittenLetter> {
  const name = template as LetterTemplate
  const { secret, topic } = letterKind(name)
  const oneClick = topic ? unsubscribeUrl({ email: to, topic: topic(data) }) : undefined
  const secretLink = secret && secretId ? secretLinkUrl(secretId, secret) : undefined
  const { html, text } = await renderLetter(name, data, secretLink ?? oneClick)
  // RFC 8058: a mail program ends them by one post, and asks nothing.
  const headers = oneClick && {
    'List-Unsubscribe': `<${oneClick}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }
  return { from: env().email.from, to, subject, html, text, ...(headers ? { headers } : {}) }
}
