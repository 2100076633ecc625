/** The faults that still have to happen, in the order in which they were asked for. */
export class Faults<Fault extends { times: number }> {
  private waiting: { fault: Fault; left: number }[] = []

  add(fault: Fault): void {
    this.waiting.push({ fault, left: fault.times })
  }

  clear(): void {
    this.waiting = []
  }

  /** The first fault that fits, with how often it has still to happen after this time. */
  take<Fitting extends Fault>(fits: (fault: Fault) => fault is Fitting): { fault: Fitting; left: number } | undefined
  take(fits?: (fault: Fault) => boolean): { fault: Fault; left: number } | undefined
  take(fits: (fault: Fault) => boolean = () => true): { fault: Fault; left: number } | undefined {
    const first = this.waiting.find(({ fault }) => fits(fault))
    if (!first) return undefined
    first.left--
    if (first.left <= 0) this.waiting = this.waiting.filter((waiting) => waiting !== first)
    return { fault: first.fault, left: first.left }
  }
}
