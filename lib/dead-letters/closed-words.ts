import { db } from '../db'
import type { DeadLetterStatus } from '../db/generated/client'

export const UNKNOWN_LETTER = 'There is no such dead letter.'

const words: Record<DeadLetterStatus, string> = {
  // Open again since: its replay has failed by itself.
  open: 'This letter has changed meanwhile. Look at it again.',
  replaying: 'This letter is being replayed already.',
  replayed: 'This letter has been replayed already.',
  discarded: 'This letter was discarded meanwhile.',
}

/** Why a letter could not be acted on: what has become of it, in a sentence. */
export async function closedWords(id: string): Promise<string> {
  const letter = await db().deadLetter.findUnique({ where: { id }, select: { status: true } })
  return letter ? words[letter.status] : UNKNOWN_LETTER
}
