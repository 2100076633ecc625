/** Turns at the same thing: who changes it has it alone, others wait in the order in which they came. */
export class Locks {
  private readonly tails = new Map<string, Promise<unknown>>()

  /** Resolves with what gives it all free again; with undefined when others had it for longer than the limit. */
  async take(ids: readonly string[], limitMs: number): Promise<(() => void) | undefined> {
    const before = ids.flatMap((id) => this.tails.get(id) ?? [])
    let release = () => {}
    const mine = new Promise<void>((resolve) => {
      release = resolve
    })
    for (const id of ids) this.queue(id, mine)
    if (before.length === 0 || (await isOver(before, limitMs))) return release
    release()
    return undefined
  }

  private queue(id: string, mine: Promise<void>): void {
    const tail = Promise.all([this.tails.get(id), mine])
    this.tails.set(id, tail)
    void tail.then(() => {
      if (this.tails.get(id) === tail) this.tails.delete(id)
    })
  }
}

async function isOver(others: Promise<unknown>[], limitMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), limitMs)
  })
  const free = Promise.all(others).then(() => true)
  return Promise.race([free, late]).finally(() => clearTimeout(timer))
}
