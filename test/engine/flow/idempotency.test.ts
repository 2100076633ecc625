import { describe, expect, it } from 'vitest'
import { claimsOf, momentFor } from '@/engine/flow/idempotency'
import { storedEvent } from '@/engine/model/event'
import { registered } from '../../support/functions'

const DAY = 24 * 3_600_000
const moment = { now: 1_000_000, realNow: 5_000 }
const event = (data: Record<string, unknown> = {}, id?: string) =>
  storedEvent({ name: 'test/go', data, ...(id === undefined ? {} : { id }) }, 'own', 0)

describe('the claims of a start', () => {
  it('are none for an event without an id of its sender’s, and a function without a key', () => {
    expect(claimsOf(registered({ id: 'app-f' }), event(), moment)).toEqual([])
  })

  it('are the event’s id, for a day of real time', () => {
    const [claim] = claimsOf(registered({ id: 'app-f' }), event({}, 'fact'), moment)
    expect(claim).toEqual({ functionId: 'app-f', key: 'event fact', expiresAt: moment.realNow + DAY })
    expect(momentFor(claim?.key ?? '', moment)).toBe(moment.realNow)
  })

  it('are the key’s value, for a day of engine time', () => {
    const [claim] = claimsOf(registered({ id: 'app-f', idempotency: 'event.data.k' }), event({ k: 'a' }), moment)
    expect(claim).toEqual({ functionId: 'app-f', key: 'key "a"', expiresAt: moment.now + DAY })
    expect(momentFor(claim?.key ?? '', moment)).toBe(moment.now)
  })

  it('may be both, and are told apart where they say the same', () => {
    const keys = claimsOf(
      registered({ id: 'app-f', idempotency: 'event.data.k' }),
      event({ k: 'fact' }, 'fact'),
      moment,
    )
    expect(new Set(keys.map(({ key }) => key)).size).toBe(2)
  })

  it.each([undefined, null, false, ''])('are none for a key whose value is %j', (k) => {
    expect(claimsOf(registered({ id: 'app-f', idempotency: 'event.data.k' }), event({ k }), moment)).toEqual([])
  })

  it('are there for a key of 0: that is a value like any other', () => {
    expect(claimsOf(registered({ id: 'app-f', idempotency: 'event.data.k' }), event({ k: 0 }), moment)).toHaveLength(1)
  })
})
