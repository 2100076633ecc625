import { type Actor, assertOperator } from '../auth/actor'
import { db } from '../db'
import type { Letter } from '../db/generated/client'
import { isId } from '../is-id'
import type { LetterTemplate } from './letters'
import { type RenderedLetter, renderLetter } from './render-letter'

export type LetterPage = { letters: Letter[]; nextCursor: string | null }

type Operator = Pick<Actor, 'isOperator'>

const PAGE_SIZE = 50

/**
 * A page of the email ledger, newest first.
 * @param cursor the last page's `nextCursor`.
 * @param to only letters to this address.
 */
export async function listLetters(
  actor: Operator,
  { cursor, to }: { cursor?: string | undefined; to?: string | undefined } = {},
): Promise<LetterPage> {
  assertOperator(actor)
  const letters = await db().letter.findMany({
    where: to ? { to: to.replaceAll('\u0000', '') } : {},
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: PAGE_SIZE + 1,
    ...(cursor && isId(cursor) ? { cursor: { id: cursor }, skip: 1 } : {}),
  })
  const page = letters.slice(0, PAGE_SIZE)
  return { letters: page, nextCursor: letters.length > PAGE_SIZE ? (page.at(-1)?.id ?? null) : null }
}

/** One letter as it was written, its secret link blanked; null when there is none of this id. */
export async function findLetter(actor: Operator, id: string): Promise<(Letter & RenderedLetter) | null> {
  assertOperator(actor)
  const letter = isId(id) ? await db().letter.findUnique({ where: { id } }) : null
  if (!letter) return null
  const { html, text } = await renderLetter(letter.template as LetterTemplate, letter.data)
  return { ...letter, html, text }
}
