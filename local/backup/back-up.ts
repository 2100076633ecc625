import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import pg from 'pg'
import { readPrivateJson } from '../private-file'
import { StartError } from '../start-error'
import { copyCluster } from './copy-cluster'
import { copyTree } from './copy-tree'

/** What a running product writes again at each start, or only tells of itself. */
const LEFT_OUT = new Set(['postgres', 'running.json', 'logs'])

/**
 * Copies a data folder while everything on it goes on: database, pictures, uploads, secrets and the sandboxes' journals.
 * Whatever was committed before the call began is in the copy, and the copy is a data folder like any other.
 * @param to a folder that doesn't exist yet; it is there when the copy is whole, and not before.
 * @throws StartError when there is nothing to copy, or something at `to` already.
 */
export async function backUp({ dataDir, to }: { dataDir: string; to: string }): Promise<void> {
  const [source, target] = [resolve(dataDir), resolve(to)]
  if (existsSync(target)) throw new StartError(`${to} is there already. Name a folder that doesn’t exist yet.`)
  if (`${target}/`.startsWith(`${source}/`)) throw new StartError(`${to} lies within the folder that is copied.`)
  const database = await connect(join(source, 'postgres'))
  const draft = `${target}.part`
  try {
    await rm(draft, { recursive: true, force: true })
    await mkdir(dirname(target), { recursive: true })
    await copyCluster(database, join(source, 'postgres'), join(draft, 'postgres'))
    // After the database: what its rows name was there before they were.
    for (const name of await readdir(source))
      if (!LEFT_OUT.has(name)) await copyTree(join(source, name), join(draft, name))
    await rename(draft, target)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw error
  } finally {
    await database.end()
  }
}

async function connect(dir: string): Promise<pg.Client> {
  const note = readPrivateJson<{ port: number; password: string }>(join(dir, 'postgres.json'))
  if (!note) throw new StartError(`There is no embedded PostgreSQL in ${dirname(dir)}.`)
  const client = new pg.Client(`postgresql://postgres:${note.password}@127.0.0.1:${note.port}/postgres`)
  try {
    await client.connect()
    return client
  } catch {
    throw new StartError(
      `The embedded PostgreSQL of ${dirname(dir)} doesn’t run. Start it with \`npm start\`, or copy the folder as it is.`,
    )
  }
}
