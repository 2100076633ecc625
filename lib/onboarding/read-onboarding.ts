import type { Actor } from '../auth/actor'
import { db } from '../db'
import { onboardingKey } from './send-onboarding-letter'

const DAY_MS = 24 * 3_600_000

/** One letter of the first days, as its owner sees it. */
export type OnboardingStage = { title: string; state: 'done' | 'next' | 'later' | 'skipped'; at: Date }

/** What happens in an owner's first four days, and how far it has come. Read from the letters that went out. */
export async function readOnboarding({ userId, account }: Actor): Promise<OnboardingStage[]> {
  const plan = [
    { key: onboardingKey('welcome', userId), title: 'Welcome letter', afterMs: 0 },
    { key: onboardingKey('getting-started-tips', userId), title: 'Tips for the first day', afterMs: DAY_MS },
    {
      key: onboardingKey('re-engagement', userId),
      title: 'A reminder, if you have not been back',
      afterMs: 4 * DAY_MS,
    },
  ]
  const sent = await db().letter.findMany({ where: { key: { in: plan.map(({ key }) => key) }, status: 'sent' } })
  const sentAt = new Map(sent.map((letter) => [letter.key, letter.sentAt]))
  let isNextFound = false
  return plan.map(({ key, title, afterMs }) => {
    const at = sentAt.get(key)
    if (at) return { title, state: 'done', at }
    const due = new Date(account.createdAt.getTime() + afterMs)
    if (!account.isActive) return { title, state: 'skipped', at: due }
    const state = isNextFound ? 'later' : 'next'
    isNextFound = true
    return { title, state, at: due }
  })
}
