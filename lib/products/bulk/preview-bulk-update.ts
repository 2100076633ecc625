import type { Actor } from '../../auth/actor'
import { db } from '../../db'
import type { ProductRefused } from '../fields'
import type { Outcome } from './change'
import { type ChangeForm, outcomeOf, readChange, type Target } from './change'
import { isSelected, type Selection } from './selection'

/** So many are looked at one by one; of more, only their number is told. */
const MOST_LOOKED_AT = 1_000
const MOST_SHOWN = 8

export type PreviewLine = Pick<Target, 'priceMinor' | 'onHand'> & {
  id: string
  title: string
  sku: string
  currency: string
  outcome: Outcome
}

export type BulkPreview =
  | {
      ok: true
      /** How many products it is about, and how many of them were looked at for what follows. */
      total: number
      lookedAt: number
      changed: number
      same: number
      refused: number
      /** Some of those that would change, and of those that can't. */
      changedLines: PreviewLine[]
      refusedLines: PreviewLine[]
    }
  | ProductRefused

/** What a change would do to products of the actor's shop. Nothing is written. */
export async function previewBulkUpdate(
  { account }: Pick<Actor, 'account'>,
  chosen: Selection,
  form: ChangeForm,
): Promise<BulkPreview> {
  const read = readChange(form, account.currency)
  if (!read.ok) return read
  const where = isSelected(account.id, chosen)
  const [counted, rows] = await Promise.all([
    db().$queryRaw<{ total: number }[]>`SELECT count(*)::int AS total FROM "Product" WHERE ${where}`,
    db().$queryRaw<(Omit<PreviewLine, 'outcome'> & Target)[]>`
      SELECT "id", "title", "sku", "currency", "priceMinor", "onHand", "reserved", "archivedAt"
      FROM "Product" WHERE ${where} ORDER BY "id" LIMIT ${MOST_LOOKED_AT}`,
  ])
  const lines = rows.map((row) => ({ ...row, outcome: outcomeOf(read.change, row) }))
  const same = lines.filter(({ outcome }) => outcome.kind === 'same')
  const refused = lines.filter(({ outcome }) => outcome.kind === 'refused')
  const changed = lines.filter(({ outcome }) => outcome.kind !== 'same' && outcome.kind !== 'refused')
  return {
    ok: true,
    total: counted[0]?.total ?? 0,
    lookedAt: lines.length,
    changed: changed.length,
    same: same.length,
    refused: refused.length,
    changedLines: changed.slice(0, MOST_SHOWN),
    refusedLines: refused.slice(0, MOST_SHOWN),
  }
}
