import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { answersAt } from '@/local/answers'
import { freePort } from '@/local/ports'
import { ENGINE_ARGS, PROJECT_DIR } from '@/local/project'
import { EVENT_KEY, SIGNING_KEY } from './engine'

/** The engine as a program of its own, to be stopped, killed and woken up again. */
export type EngineProcess = {
  url: string
  leads: () => Promise<boolean>
  signal: (name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT') => void
  /** Resolves when it has ended, with its exit code and what it said on stderr. */
  ended: Promise<{ code: number | null; words: string }>
}

export async function startEngineProcess(databaseUrl: string): Promise<EngineProcess> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = spawn(process.execPath, ENGINE_ARGS, {
    cwd: PROJECT_DIR,
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      ENGINE_PORT: String(port),
      INNGEST_EVENT_KEY: EVENT_KEY,
      INNGEST_SIGNING_KEY: SIGNING_KEY,
      INNGEST_BASE_URL: url,
    },
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  const engine = {
    url,
    leads: () => answersAt(`${url}/health`),
    signal: (name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT') => void child.kill(name),
    ended: endOf(child),
  }
  await standsOrLeads(url)
  return engine
}

/** As a proxy before several engines would: passes each request on to the first one that leads. */
export function fetchFromLeader(urls: string[]): typeof globalThis.fetch {
  return async (input, init) => {
    const { pathname, search } = new URL(input instanceof Request ? input.url : input)
    for (const url of urls) {
      const signal = AbortSignal.timeout(1_000)
      const response = await fetch(url + pathname + search, { ...init, signal }).catch(() => undefined)
      if (response && response.status !== 503) return response
    }
    return Response.json({ error: 'no engine leads', status: 503 }, { status: 503 })
  }
}

async function endOf(child: ChildProcess): Promise<{ code: number | null; words: string }> {
  let words = ''
  child.stderr?.on('data', (chunk) => {
    words += chunk
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, words }
}

async function standsOrLeads(url: string): Promise<void> {
  const deadline = Date.now() + 30_000
  while (Date.now() < deadline) {
    const response = await fetch(`${url}/health`).catch(() => undefined)
    await response?.body?.cancel()
    if (response) return
    await sleep(25)
  }
  throw new Error('the engine did not open its doors')
}
