/** Lets one piece of work go at a time, in the order in which they ask. */
export class Mutex {
  private last: Promise<unknown> = Promise.resolve()

  /** Resolves, or rejects, as the work does. One that fails holds nobody up. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(work)
    this.last = result.catch(() => undefined)
    return result
  }
}
