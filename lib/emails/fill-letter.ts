import type { ReactElement } from 'react'
import { render } from 'react-email'
import { escapeHtml } from '../escape-html'
import { latinHtml } from './latin-html'

export type FilledLetter = {
  template: string
  /** Fields that the body decides by, and that stand in it as they are. */
  looksAt: readonly string[]
  /** What the body is given. */
  view: object
  link: string
  body: (view: never, link: string) => ReactElement
}

/** What stands before each text, which text that is, and what stands after the last one. */
type Form = { pieces: { before: string; index: number }[]; after: string }

// Rendering takes milliseconds, filling in microseconds; a morning's letters differ in their texts alone.
const compiled = new Map<string, Promise<Form>>()

const token = /⟦(\d+)⟧/

/**
 * Writes a letter's HTML, in Latin-1, by filling its texts into a form that is rendered once for all letters of the same
 * shape: the same template, lists of the same lengths, and the same in the fields that its body looks at.
 */
export async function fillLetter({ template, looksAt, view, link, body }: FilledLetter): Promise<string> {
  const texts: string[] = []
  const shape = withTokens({ ...view, link }, looksAt, texts) as { link: string }
  const key = JSON.stringify([template, shape])
  const form = compiled.get(key) ?? render(body(shape as never, shape.link)).then(formOf)
  compiled.set(key, form)
  form.catch(() => compiled.delete(key))
  const { pieces, after } = await form
  return pieces.map(({ before, index }) => before + latinHtml(escapeHtml(texts[index] ?? ''))).join('') + after
}

function formOf(html: string): Form {
  const parts = html.split(token)
  const after = latinHtml(parts.pop() ?? '')
  const pieces: Form['pieces'] = []
  for (let i = 0; i < parts.length; i += 2)
    pieces.push({ before: latinHtml(parts[i] ?? ''), index: Number(parts[i + 1]) })
  return { pieces, after }
}

/** The same value with a numbered token for each of its texts, and for each of its numbers. */
function withTokens(value: unknown, looksAt: readonly string[], texts: string[]): unknown {
  if (typeof value === 'string' || typeof value === 'number') return `⟦${texts.push(String(value)) - 1}⟧`
  if (Array.isArray(value)) return value.map((item) => withTokens(item, looksAt, texts))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      looksAt.includes(name) ? inner : withTokens(inner, looksAt, texts),
    ]),
  )
}
