import { setTimeout as sleep } from 'node:timers/promises'
import { StartError } from './start-error'

const LIMIT_MS = 30_000

/**
 * Has the app register its functions with its server, whichever that is.
 * @throws StartError with the server's reason when it refuses them.
 */
export async function registerApp(appUrl: string): Promise<void> {
  const deadline = Date.now() + LIMIT_MS
  for (;;) {
    const reason = await tryToRegister(appUrl)
    if (!reason) return
    if (Date.now() > deadline) throw new StartError(`The functions could not be registered: ${reason}`)
    await sleep(200)
  }
}

async function tryToRegister(appUrl: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${appUrl}/api/inngest`, { method: 'PUT', signal: AbortSignal.timeout(10_000) })
    if (response.ok) return undefined
    const { message } = (await response.json()) as { message?: string }
    return message ?? `HTTP ${response.status}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
