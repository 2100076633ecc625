import { askResend } from '../../emails/ask-resend'
import { askStripe } from '../../payments/ask-stripe'
import { askProvider, type ProviderAnswer } from '../ask-provider'
import type { Check, Finding } from '../check'

/** What a provider's answer says. Pure. */
export function judgeProvider(kind: 'mail-away' | 'payments-away', answer: ProviderAnswer): Finding[] {
  if (answer.isReachable) return []
  return [{ kind, subject: kind === 'mail-away' ? 'Resend' : 'Stripe', message: answer.reason }]
}

/** Whether letters can be sent. */
export const mailCheck: Check = {
  id: 'mail',
  kinds: ['mail-away'],
  find: async () => judgeProvider('mail-away', await askProvider(askResend)),
}

/** Whether payments can be taken. */
export const paymentsCheck: Check = {
  id: 'payments',
  kinds: ['payments-away'],
  find: async () => judgeProvider('payments-away', await askProvider(askStripe)),
}
