import { connect, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** `silent`: gone, or hung. */
export type Standing = 'leads' | 'stands by' | 'silent'

type Engine = {
  url: string
  standing: Standing
  /** When the latest look that found it leading was begun. */
  seenLeadingAt: number
  sockets: Set<Socket>
}

const LOOK_EVERY_MS = 50
/** So long an engine may take to say how it stands. */
const LOOK_LIMIT_MS = 1_000

/**
 * What an installation with two engines has before them: it asks each for `/health`, passes connections on to the first
 * that says 200, and drops them once it no longer does.
 */
export class LeaderProxy {
  private readonly engines: Engine[]
  private isClosed = false

  private constructor(
    readonly url: string,
    urls: string[],
    private readonly server: Server,
  ) {
    this.engines = urls.map((url) => ({ url, standing: 'silent', seenLeadingAt: 0, sockets: new Set<Socket>() }))
    server.on('connection', (socket: Socket) => this.passOn(socket))
    for (const engine of this.engines) void this.watch(engine)
  }

  static async open(port: number, engineUrls: string[]): Promise<LeaderProxy> {
    const server = createServer()
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
    return new LeaderProxy(`http://127.0.0.1:${port}`, engineUrls, server)
  }

  /** The place of an engine that stands so; −1 where none does. */
  find(standing: Standing): number {
    return this.engines.findIndex((engine) => engine.standing === standing)
  }

  /** The place of the engine that says first that it leads, to a question that is asked after this call. */
  async nextLead(): Promise<number> {
    const since = performance.now()
    for (;;) {
      const place = this.engines.findIndex(({ seenLeadingAt }) => seenLeadingAt > since)
      if (place >= 0 || this.isClosed) return place
      await sleep(10)
    }
  }

  close(): void {
    this.isClosed = true
    this.server.close()
    for (const engine of this.engines) drop(engine)
  }

  private async watch(engine: Engine): Promise<void> {
    while (!this.isClosed) {
      const askedAt = performance.now()
      engine.standing = await standingOf(engine.url)
      if (engine.standing === 'leads') engine.seenLeadingAt = askedAt
      else drop(engine)
      await sleep(LOOK_EVERY_MS)
    }
  }

  private passOn(socket: Socket): void {
    const engine = this.engines[this.find('leads')]
    socket.on('error', () => {})
    if (!engine) return void socket.destroy()
    const onward = connect({ port: Number(new URL(engine.url).port), host: '127.0.0.1' })
    onward.on('error', () => {})
    onward.on('close', () => socket.destroy())
    socket.on('close', () => {
      onward.destroy()
      engine.sockets.delete(socket)
    })
    engine.sockets.add(socket)
    socket.pipe(onward).pipe(socket)
  }
}

function drop({ sockets }: Engine): void {
  for (const socket of sockets) socket.destroy()
}

async function standingOf(url: string): Promise<Standing> {
  try {
    const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(LOOK_LIMIT_MS) })
    await response.body?.cancel()
    return response.ok ? 'leads' : 'stands by'
  } catch {
    return 'silent'
  }
}
