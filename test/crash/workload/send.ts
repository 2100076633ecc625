import { setTimeout as sleep } from 'node:timers/promises'
import { STARTED } from './expected'

const LIMIT_MS = 600_000

/**
 * Sends an event as a sender does that may not lose it: under one id, until the engine says that it has it.
 * @returns how often it was sent in vain.
 */
export async function sendUntilTaken(engineUrl: string, eventKey: string, id: string): Promise<number> {
  const deadline = Date.now() + LIMIT_MS
  const event = { id, name: STARTED, data: { id } }
  for (let inVain = 0; ; inVain++) {
    if (await isTaken(`${engineUrl}/e/${eventKey}`, event)) return inVain
    if (Date.now() > deadline) throw new Error(`The event ${id} was not taken`)
    await sleep(100)
  }
}

async function isTaken(url: string, event: object): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: JSON.stringify(event),
      signal: AbortSignal.timeout(15_000),
    })
    await response.body?.cancel()
    return response.status === 200 || response.status === 202
  } catch {
    return false
  }
}
