import type { Leader } from '../store/leadership'

/**
 * Tells from outside whether the engine that leads hangs: its sign of life has not changed for so many looks in a row.
 * Looks are counted, not time: no clock of another machine is trusted, and a standby that was itself asleep for an
 * hour has not looked meanwhile. One that the database keeps waiting, or that brings the tables up to date, hangs not.
 */
export class LeaderWatch {
  private last = ''
  private unchanged = 0

  constructor(private readonly mostLooks: number) {}

  isHung({ pid, sign, isServed }: Leader): boolean {
    if (sign === null) return false
    // The session counts too: one that has only just come to lead has not shown its first sign yet.
    const seen = `${pid} ${sign}`
    this.unchanged = seen === this.last && !isServed ? this.unchanged + 1 : 0
    this.last = seen
    return this.unchanged >= this.mostLooks
  }
}
