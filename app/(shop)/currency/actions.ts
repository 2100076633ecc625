'use server'

import { chooseCurrency, currencyForm } from '@/lib/accounts/choose-currency'
import { ownerAct } from '../act'

export const choose = ownerAct(currencyForm, async (actor, form) => {
  const answer = await chooseCurrency(actor, form)
  if (answer.ok) return { ok: true, message: `Prices are in ${answer.currency} now.` }
  // It is the only field, and the dialog has a place for the words.
  return { ok: false, message: answer.message }
})
