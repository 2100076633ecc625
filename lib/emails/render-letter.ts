import { render } from 'react-email'
import { type LetterTemplate, letterKind } from './letters'

/** Stands where a secret link would: on screens, and wherever a letter is only shown. */
const BLANKED_LINK = 'https://link-hidden.invalid/'

export type RenderedLetter = { subject: string; html: string; text: string }

/**
 * Writes a letter out, as HTML and as text.
 * @param link the secret link of a letter that has one; blanked where none is given.
 * @throws ZodError when the data is not what the template needs.
 */
export async function renderLetter(
  template: LetterTemplate,
  data: unknown,
  link = BLANKED_LINK,
): Promise<RenderedLetter> {
  const kind = letterKind(template)
  const checked = kind.data.parse(data)
  const body = kind.body(checked, link)
  const [html, text] = await Promise.all([render(body), render(body, { plainText: true })])
  return { subject: kind.subject(checked), html, text }
}
