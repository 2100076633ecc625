import { findRecipient } from './recipient'

const WEEK_MS = 7 * 24 * 3_600_000

/** True when somebody was active within the seven days before `now`. Signing up is not yet being active. */
function isActiveAt(lastActiveAt: Date | null, now: Date): boolean {
  return lastActiveAt !== null && now.getTime() - lastActiveAt.getTime() < WEEK_MS
}

/** Whether a user has been active in the last week, and still has an open account. */
export async function checkActivity(userId: string, now: Date): Promise<{ isOpen: boolean; isActive: boolean }> {
  const recipient = await findRecipient(userId)
  return { isOpen: recipient !== null, isActive: recipient !== null && isActiveAt(recipient.lastActiveAt, now) }
}
