import { describe, expect, it } from 'vitest'
import { checkEdit } from '@/lib/dead-letters/check-edit'

const letter = { to: 'ann@example.com', subject: 'Hello', template: 'welcome', data: {} }
const check = (data: string, event = 'email/requested', eventNames: string[] = []) =>
  checkEdit([{ name: event }], { data, eventNames })

describe('edited data', () => {
  it('is taken where it fits the event', () => {
    expect(check(JSON.stringify(letter))).toEqual({ ok: true, data: letter })
  })

  it('keeps what the schema does not know', () => {
    expect(check(JSON.stringify({ ...letter, more: [1] }))).toEqual({ ok: true, data: { ...letter, more: [1] } })
  })

  it.each([
    ['no JSON', '{"to":', ['data']],
    ['a list', '[]', ['data']],
    ['a number', '7', ['data']],
    ['null', 'null', ['data']],
    ['nothing', '', ['data']],
    ['a NUL', '{"to":"a\\u0000b"}', ['data.to']],
    ['half a character', '{"data":{"name":"\\ud83e"}}', ['data.data.name']],
    ['a name with a NUL', '{"a\\u0000":1}', ['data']],
    ['a name with half a character further in', '{"a":{"\\ud83e":1}}', ['data.a']],
    ['100,000 levels', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, ['data']],
    ['100,000 lists in each other', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, ['data']],
    ['two million characters', JSON.stringify({ to: 'x'.repeat(2_000_000) }), ['data']],
    ['a wrong field', JSON.stringify({ ...letter, to: 'nobody' }), ['data.to']],
    ['wrong fields', '{}', ['data.to', 'data.subject', 'data.template', 'data.data']],
    ['another kind of field', JSON.stringify({ ...letter, data: 7 }), ['data.data']],
    ['what stands for a secret', '{"data":{"password":"[redacted]"}}', ['data.data.password']],
  ])('that is %s is refused, and says where', (_, data, fields) => {
    const answer = check(data)
    expect(answer).toMatchObject({ ok: false, message: expect.any(String) })
    expect(Object.keys((answer as { fields: object }).fields)).toEqual(fields)
    expect(JSON.stringify(answer).length).toBeLessThan(1_000)
  })

  it('of an invoked run fits one of the events that trigger its function', () => {
    const names = ['email/requested', 'account/closed']
    expect(check('{"accountId":"a","userId":"u"}', 'inngest/function.invoked', names)).toMatchObject({ ok: true })
    expect(check('{"accountId":7}', 'inngest/function.invoked', names)).toMatchObject({
      ok: false,
      message: 'The data does not fit email/requested.',
    })
  })

  it.each(['test/unknown', 'toString', '__proto__', 'constructor', ''])(
    'of an event without a schema (%j) is an object',
    (name) => {
      expect(check('{"a":1}', name)).toEqual({ ok: true, data: { a: 1 } })
      expect(check('[1]', name)).toMatchObject({ ok: false })
    },
  )

  it('is not for a batch', () => {
    const batch = [{ name: 'email/requested' }, { name: 'email/requested' }]
    expect(checkEdit(batch, { data: JSON.stringify(letter), eventNames: [] })).toMatchObject({
      ok: false,
      message: /batch/,
    })
  })
})
