import { setTimeout as sleep } from 'node:timers/promises'

const LIMIT_MS = 120_000
const ANSWER_LIMIT_MS = 15_000

/**
 * Asks again and again, as a person does whose browser says that nothing can be reached, or that something went wrong.
 * @returns the first answer that is neither; it must be one of those that are right.
 */
export async function insist(ask: (signal: AbortSignal) => Promise<Response>, right: number[]): Promise<string> {
  const deadline = Date.now() + LIMIT_MS
  for (;;) {
    const answer = await once(ask).catch((error) => ({ status: 0, text: String(error) }))
    if (right.includes(answer.status)) return answer.text
    if ((answer.status > 0 && answer.status < 500) || Date.now() > deadline)
      throw new Error(`the answer was ${answer.status} ${answer.text}`)
    await sleep(100)
  }
}

async function once(ask: (signal: AbortSignal) => Promise<Response>): Promise<{ status: number; text: string }> {
  const response = await ask(AbortSignal.timeout(ANSWER_LIMIT_MS))
  return { status: response.status, text: await response.text() }
}
