import { render } from 'react-email'
import { fillLetter } from './fill-letter'
import { latinHtml } from './latin-html'
import { type LetterTemplate, letterKind } from './letters'

/** Stands where a secret link would: on screens, and wherever a letter is only shown. */
const BLANKED_LINK = 'https://link-hidden.invalid/'

export type RenderedLetter = { subject: string; html: string; text: string }

/**
 * Writes a letter out, as HTML and as text.
 * @param link the secret link of a letter that has one, or the one by which somebody ends its kind; blanked where none is
 *   given.
 * @throws ZodError when the data is not what the template needs.
 */
export async function renderLetter(
  template: LetterTemplate,
  data: unknown,
  link = BLANKED_LINK,
): Promise<RenderedLetter> {
  const kind = letterKind(template)
  const checked = kind.data.parse(data)
  const subject = kind.subject(checked)
  if (kind.compiled) {
    const { looksAt, derive, text } = kind.compiled
    const view = { ...(checked as object), ...derive(checked) }
    const html = await fillLetter({ template, looksAt, view, link, body: kind.body })
    return { subject, html, text: text(checked, link) }
  }
  const body = kind.body(checked, link)
  const [html, text] = await Promise.all([render(body), render(body, { plainText: true })])
  return { subject, html: latinHtml(html), text }
}
