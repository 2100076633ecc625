import { describe, expect, it } from 'vitest'
import { finishTimeoutAt, startTimeoutAt } from '@/engine/flow/timeouts'
import { registered } from '../../support/functions'

const config = (timeouts?: { start?: string; finish?: string }) =>
  registered({ id: 'app-f', ...(timeouts ? { timeouts } : {}) }).config

describe('timeouts', () => {
  it('count the one from when a run may start, the other from its first call', () => {
    const both = config({ start: '10s', finish: '1m' })
    expect([startTimeoutAt(both, 1_000), finishTimeoutAt(both, 5_000)]).toEqual([11_000, 65_000])
  })

  it('are none where a function has none', () => {
    for (const none of [config(), config({})])
      expect([startTimeoutAt(none, 0), finishTimeoutAt(none, 0)]).toEqual([undefined, undefined])
    expect(finishTimeoutAt(config({ start: '10s' }), 0)).toBeUndefined()
    expect(startTimeoutAt(config({ finish: '10s' }), 0)).toBeUndefined()
  })
})
