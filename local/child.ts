import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { hasEnded, whenEnded } from './child-end'
import { PROJECT_DIR } from './project'
import { StartError } from './start-error'

export type ChildOptions = {
  name: string
  args: string[]
  env: Record<string, string | undefined>
  /** Where its output goes; the terminal where none is given. */
  logFile?: string
  isReady: () => Promise<boolean>
  /** Done each time that it has become ready, before it counts as started. */
  afterReady?: () => Promise<void>
  say: (line: string) => void
}

const READY_LIMIT_MS = 120_000
/** An orderly end may take so long: calls under way have 25 s. */
const STOP_LIMIT_MS = 30_000
const LONGEST_PAUSE_MS = 5_000

/**
 * A Node program that runs below this one: started, watched, started again when it dies, and stopped in order. It
 * holds the other end of a pipe, and ends when this process does.
 */
export class Child {
  private process: ChildProcess | undefined
  private isStopping = false
  private deaths = 0

  constructor(private readonly options: ChildOptions) {}

  /** Its process id, while it runs. */
  get pid(): number | undefined {
    return this.process?.pid
  }

  /** @throws StartError with the end of its output when it dies, or isn't ready in time. */
  async start(): Promise<void> {
    const child = this.spawn()
    await this.ready(child)
    this.watch(child)
    await this.options.afterReady?.()
  }

  async stop(): Promise<void> {
    this.isStopping = true
    const child = this.process
    if (!child || hasEnded(child)) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    signal(child, 'SIGTERM')
    const limit = new AbortController()
    const late = sleep(STOP_LIMIT_MS, 'late', { signal: limit.signal }).catch(() => 'done')
    if ((await Promise.race([ended, late])) === 'late') signal(child, 'SIGKILL')
    limit.abort()
    await ended
  }

  private spawn(): ChildProcess {
    const { args, env, logFile } = this.options
    if (logFile) mkdirSync(dirname(logFile), { recursive: true })
    const out = logFile ? openSync(logFile, 'a', 0o600) : 'inherit'
    // A group of its own: Ctrl-C reaches it through `stop` alone, in its turn.
    const stdio: StdioOptions = ['pipe', out, out]
    const child = spawn(process.execPath, args, {
      cwd: PROJECT_DIR,
      env: env as NodeJS.ProcessEnv,
      detached: true,
      stdio,
    })
    if (typeof out === 'number') closeSync(out)
    child.stdin?.on('error', () => {})
    this.process = child
    return child
  }

  private async ready(child: ChildProcess): Promise<void> {
    const { name, isReady } = this.options
    const deadline = Date.now() + READY_LIMIT_MS
    while (!hasEnded(child) && Date.now() < deadline) {
      if (await isReady()) return
      await sleep(25)
    }
    signal(child, 'SIGKILL')
    throw new StartError(`The ${name} did not start.${this.lastWords()}`)
  }

  private lastWords(): string {
    const { logFile } = this.options
    return logFile ? ` Its last lines:\n${readFileSync(logFile, 'utf8').trim().split('\n').slice(-8).join('\n')}` : ''
  }

  private watch(child: ChildProcess): void {
    const ended = () => {
      // What it left behind in its group (a server that it forked) would keep its port.
      signal(child, 'SIGKILL')
      if (!this.isStopping) void this.restart()
    }
    // It may have answered and ended since.
    whenEnded(child, ended)
  }

  private async restart(): Promise<void> {
    const { name, say } = this.options
    const pause = Math.min(100 * 2 ** this.deaths++, LONGEST_PAUSE_MS)
    say(`The ${name} has ended; starting it again.`)
    await sleep(pause)
    if (this.isStopping) return
    try {
      await this.start()
      this.deaths = 0
    } catch (error) {
      say(error instanceof Error ? error.message : String(error))
      if (!this.isStopping) await this.restart()
    }
  }
}

function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, name)
  } catch {
    // The whole group is gone already.
  }
}
