import { describe, expect, it } from 'vitest'
import { LeaderWatch } from '@/engine/loop/leader-watch'

/** What is thought of the leader after each of these looks, three of which have to be alike. */
const verdicts = (...looks: [pid: number, sign: string | null, isServed?: boolean][]) => {
  const watch = new LeaderWatch(3)
  return looks.map(([pid, sign, isServed = false]) => watch.isHung({ pid, sign, isServed }))
}

describe('a leader, as a standby sees it', () => {
  it('hangs when its sign of life stays the same for so many looks in a row', () => {
    expect(verdicts([1, '1.1'], [1, '1.1'], [1, '1.1'], [1, '1.1'])).toEqual([false, false, false, true])
    expect(verdicts([1, '1.1'], [1, '1.1'], [1, '1.1'], [1, '1.2'], [1, '1.2'])).not.toContain(true)
  })

  it('is given time when it has only just come to lead, though no sign of it is there yet', () => {
    expect(verdicts([1, '1.9'], [1, '1.9'], [1, '1.9'], [2, '1.9'], [2, '1.9'], [2, '2.1'])).not.toContain(true)
  })

  it('does not hang as long as the database is at work for it', () => {
    expect(verdicts([1, '1.1'], [1, '1.1'], [1, '1.1', true], [1, '1.1'], [1, '1.1'])).not.toContain(true)
  })

  it('is never thought to hang where its version gives no signs', () => {
    expect(verdicts([1, null], [1, null], [1, null], [1, null], [1, null])).not.toContain(true)
  })
})
