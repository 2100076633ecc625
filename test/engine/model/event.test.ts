import { describe, expect, it } from 'vitest'
import { incomingEvent, storedEvent } from '@/engine/model/event'

const now = Date.UTC(2026, 0, 1)
const problemOf = (value: unknown) => {
  const parsed = incomingEvent.safeParse(value)
  return parsed.success ? undefined : `${parsed.error.issues[0]?.path.join('.')}: ${parsed.error.issues[0]?.message}`
}

describe('an event from outside', () => {
  it('keeps the sender’s id for functions and the engine’s own beside it', () => {
    const event = storedEvent({ name: 'a/b', data: { n: 1 }, id: 'mine' }, 'OWN', now)
    expect(event).toMatchObject({ id: 'OWN', publicId: 'mine', ts: now })
    expect(JSON.parse(event.body)).toEqual({ name: 'a/b', data: { n: 1 }, id: 'mine', ts: now, user: {} })
  })

  it('takes the engine’s id and time where the sender gave none', () => {
    const event = storedEvent({ name: 'a/b' }, 'OWN', now)
    expect(JSON.parse(event.body)).toMatchObject({ id: 'OWN', ts: now, data: {} })
  })

  it('loses what only the engine may say', () => {
    const event = storedEvent({ name: 'a/b', data: { n: 1, _inngest: { fn_id: 'x' } } }, 'OWN', now)
    expect(JSON.parse(event.body).data).toEqual({ n: 1 })
  })

  it.each([
    [{}, 'name'],
    [{ name: '' }, 'name'],
    [{ name: 'x'.repeat(256) }, 'name'],
    [{ name: 'a\u0000b' }, 'name'],
    [{ name: 'inngest/function.failed' }, 'reserved'],
    [{ name: 'a', data: 'text' }, 'data'],
    [{ name: 'a', data: [] }, 'data'],
    [{ name: 'a', ts: '2026' }, 'ts'],
    [{ name: 'a', ts: 5 }, 'ts'],
    [{ name: 'a', id: 7 }, 'id'],
    [{ name: 'a', id: 'a\u0000' }, 'id'],
    [{ name: 'a', user: 'me' }, 'user'],
    [{ name: 'a', v: 1 }, 'v'],
    ['text', ''],
    [null, ''],
  ])('is refused, naming the field: %j', (value, field) => {
    expect(problemOf(value)).toContain(field)
  })
})
