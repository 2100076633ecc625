import { findCard, isWellFormed, type Refusal, type TestCard } from './cards'

/** What a customer types on the page. */
export type TypedCard = { number: string; expiry: string; cvc: string; name: string; email: string }

export type CardField = keyof TypedCard
export type CardForm =
  | { ok: true; card: TestCard; expMonth: number; expYear: number; name: string; email: string | null }
  | { ok: false; fields: Partial<Record<CardField, string>> }

const LONGEST_TEXT = 500

export function typedCard(form: URLSearchParams): TypedCard {
  const field = (name: CardField) => (form.get(name) ?? '').trim().slice(0, LONGEST_TEXT)
  return {
    number: field('number'),
    expiry: field('expiry'),
    cvc: field('cvc'),
    name: field('name'),
    email: field('email'),
  }
}

/** A number that is no test card's is refused, as by Stripe in test mode; it is kept nowhere. */
export const NOT_A_TEST_CARD: Refusal = {
  code: 'card_declined',
  declineCode: 'test_mode_live_card',
  message: 'Your card was declined. Your request was in test mode, but used a non test card.',
}

/**
 * Checks what was typed. Pure.
 * @param now seconds.
 * @param wantsEmail where nobody has told it before.
 * @returns what is wrong, by field, or `refused` for a well formed number that is no test card's.
 */
export function readCardForm(typed: TypedCard, now: number, wantsEmail: boolean): CardForm | 'refused' {
  const fields: Partial<Record<CardField, string>> = {}
  const number = typed.number.replace(/[\s-]/g, '')
  const expiry = readExpiry(typed.expiry)
  const card = findCard(number)
  if (!isWellFormed(number)) fields.number = 'Your card number is invalid.'
  if (!expiry) fields.expiry = "Your card's expiration date is incomplete."
  else if (isPast(expiry, now)) fields.expiry = "Your card's expiration date is in the past."
  if (!isCvc(typed.cvc, card)) fields.cvc = "Your card's security code is incomplete."
  if (!typed.name) fields.name = 'The name on the card is needed.'
  if (wantsEmail && !/^[^\s@]+@[^\s@]+$/.test(typed.email)) fields.email = 'Your email is incomplete.'
  if (Object.keys(fields).length > 0 || !expiry) return { ok: false, fields }
  if (!card) return 'refused'
  const { month: expMonth, year: expYear } = expiry
  return { ok: true, card, expMonth, expYear, name: typed.name, email: wantsEmail ? typed.email : null }
}

function readExpiry(text: string): { month: number; year: number } | undefined {
  const found = /^(0?[1-9]|1[0-2])\s*\/?\s*(?:20)?(\d{2})$/.exec(text)
  return found ? { month: Number(found[1]), year: 2_000 + Number(found[2]) } : undefined
}

/** A card is good to the end of its month. */
function isPast({ month, year }: { month: number; year: number }, now: number): boolean {
  return Date.UTC(year, month, 1) <= now * 1_000
}

function isCvc(cvc: string, card: TestCard | undefined): boolean {
  return (card?.brand === 'amex' ? /^\d{4}$/ : card ? /^\d{3}$/ : /^\d{3,4}$/).test(cvc)
}
