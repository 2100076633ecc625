import { hashedKey } from '../lib/engine-api'
import { answersAt } from './answers'
import { readDatabaseId } from './database'
import { isPortFree, nextFreePort } from './ports'
import type { Secrets } from './secrets'
import { StartError } from './start-error'

const DEFAULT_PORT = 8288

/** Where the engine will be, and whether one that runs already is taken over. */
export type EnginePlace = { url: string; port: number; isAdopted: boolean }

/**
 * Finds the engine's place. Whatever answers on the default port is adopted only when it is our engine on this very
 * database; anything else there is left alone, and the next free port taken.
 * @throws StartError when a port that was given by hand is taken.
 */
export async function findEnginePlace(
  given: number | undefined,
  databaseUrl: string,
  secrets: Secrets,
): Promise<EnginePlace> {
  const wished = given ?? DEFAULT_PORT
  const url = `http://127.0.0.1:${wished}`
  if (wished !== 0 && (await isOurEngine(url, databaseUrl, secrets))) return { url, port: wished, isAdopted: true }
  if (given && !(await isPortFree(given)))
    throw new StartError(`Port ${given} is taken; stop what runs there, or set another ENGINE_PORT.`)
  const port = await nextFreePort(wished || DEFAULT_PORT)
  return { url: `http://127.0.0.1:${port}`, port, isAdopted: false }
}

async function isOurEngine(url: string, databaseUrl: string, { signingKey }: Secrets): Promise<boolean> {
  const databaseId = await databaseIdAt(url)
  if (!databaseId || databaseId !== (await readDatabaseId(databaseUrl))) return false
  return answersAt(`${url}/dev/clock`, { authorization: `Bearer ${hashedKey(signingKey)}` })
}

async function databaseIdAt(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${url}/dev`, { signal: AbortSignal.timeout(1_000) })
    const { databaseId } = (await response.json()) as { databaseId?: unknown }
    return typeof databaseId === 'string' ? databaseId : undefined
  } catch {
    return undefined
  }
}
