import { join } from 'node:path'
import { answersAt } from '../../../local/answers'
import { Child } from '../../../local/child'
import { freePort } from '../../../local/ports'
import { TYPESCRIPT_ARGS } from '../../../local/project'
import { type Target, toppedUp } from '../throughput'
import type { Counts } from '../workloads'

/** A peer's worker as a process of its own. */
export type OpenPeer = {
  target: Target
  sendOne: () => Promise<unknown>
  about: { pid?: number; durability?: string }
  stop: () => Promise<void>
}

const BACKLOG = 1_000

/** @param pids the first processes of the store that it works on. */
export async function openPeer(
  name: 'pg-boss' | 'bullmq',
  { dir, env, pids }: { dir: string; env: Record<string, string>; pids: Record<string, number | undefined> },
): Promise<OpenPeer> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = new Child({
    name,
    args: [...TYPESCRIPT_ARGS, `test/bench/peers/${name}-app.ts`],
    env: { ...process.env, ...env, NODE_ENV: 'production', PORT: String(port) },
    logFile: join(dir, `${name}.log`),
    isReady: () => answersAt(`${url}/counts`),
    say: console.error,
  })
  await child.start()
  const ask = async (path: string) => {
    const response = await fetch(url + path)
    if (!response.ok) throw new Error(`${name}: ${await response.text()}`)
    return response.json()
  }
  const counts = async () => (await ask('/counts')) as Counts
  const about = (await ask('/about')) as OpenPeer['about']
  return {
    target: {
      pids: () => ({ worker: child.pid, ...pids, ...(about.pid ? { redis: about.pid } : {}) }),
      counts,
      driver: (load) => toppedUp(counts, load, (count) => ask(`/send?load=${load}&count=${count}`), BACKLOG),
    },
    sendOne: () => ask(`/send-one?sentAt=${Date.now()}`),
    about,
    stop: async () => {
      await ask('/close')
      await child.stop()
    },
  }
}
