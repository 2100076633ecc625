import { type LetterSent, type LetterUnwanted, sendLetter } from '../emails/send-letter'
import { findRecipient } from './recipient'

/** The onboarding letters, each with the first part of its key. */
const keys = { welcome: 'welcome', 'getting-started-tips': 'tips', 're-engagement': 're-engagement' } as const

export type OnboardingLetter = keyof typeof keys

/** The business key of one onboarding letter: one goes out for it. */
export function onboardingKey(template: OnboardingLetter, userId: string): string {
  return `${keys[template]}/${userId}`
}

export type Skipped = { sent: false; reason: 'account closed' }

/** Sends one letter of the onboarding, once a user; none to somebody whose account is closed. */
export async function sendOnboardingLetter(
  template: OnboardingLetter,
  userId: string,
): Promise<LetterSent | LetterUnwanted | Skipped> {
  const recipient = await findRecipient(userId)
  if (!recipient) return { sent: false, reason: 'account closed' }
  return sendLetter({ key: onboardingKey(template, userId), to: recipient.email, template, data: recipient.data })
}
