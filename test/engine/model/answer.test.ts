import { describe, expect, it } from 'vitest'
import { readAnswer } from '@/engine/model/answer'

const sdk = { 'x-inngest-sdk': 'inngest-js:v4.24.0', 'x-inngest-req-version': '2' }
const op = { id: 'a'.repeat(40), op: 'StepRun', displayName: 'a', data: 1 }

describe('an answer of the app', () => {
  it('is a list of ops at 206, what the SDK adds of its own dropped', () => {
    const body = JSON.stringify([{ ...op, rawArgs: ['secret'], promise: {} }])
    const answer = readAnswer({
      status: 206,
      headers: { ...sdk, 'x-inngest-no-retry': 'true', 'retry-after': '3' },
      body,
    })
    expect(answer).toMatchObject({ kind: 'ops', noRetry: true, retryAfter: '3', version: 2, ops: [op] })
    expect(JSON.stringify(answer)).not.toContain('secret')
  })

  it('may be a single op', () => {
    expect(readAnswer({ status: 206, headers: sdk, body: JSON.stringify(op) })).toMatchObject({
      kind: 'ops',
      ops: [op],
    })
  })

  it('may hold ops without data', () => {
    const sleep = { id: 'a'.repeat(40), op: 'Sleep', name: '24h' }
    expect(readAnswer({ status: 206, headers: sdk, body: JSON.stringify([sleep]) })).toMatchObject({ ops: [sleep] })
  })

  it('is the function’s value at 200', () => {
    expect(readAnswer({ status: 200, headers: sdk, body: '{"ok":true}' })).toMatchObject({
      kind: 'done',
      data: { ok: true },
    })
    expect(readAnswer({ status: 200, headers: sdk, body: 'null' })).toMatchObject({ kind: 'done', data: null })
  })

  it('is the function’s error at 400 and 500', () => {
    const body = JSON.stringify({
      name: 'TypeError',
      message: 'no',
      stack: 'at x',
      cause: { name: 'Error', message: 'why' },
    })
    const answer = readAnswer({ status: 400, headers: { ...sdk, 'x-inngest-no-retry': 'true' }, body })
    expect(answer).toMatchObject({
      kind: 'error',
      noRetry: true,
      error: { name: 'TypeError', message: 'no', cause: { message: 'why' } },
    })
  })

  it('is a stranger’s without the SDK’s header, whatever its status', () => {
    for (const status of [200, 206, 404, 502]) {
      const answer = readAnswer({ status, headers: {}, body: '<html>' })
      expect(answer).toMatchObject({ kind: 'stranger', wasReset: false })
    }
  })

  it('comes in an envelope after a row of spaces when it is streamed', () => {
    const inner = { status: 206, headers: { 'X-Inngest-Req-Version': '1', ...sdk }, body: JSON.stringify([op]) }
    const answer = readAnswer({ status: 201, headers: sdk, body: `     ${JSON.stringify(inner)}` })
    expect(answer).toMatchObject({ kind: 'ops', ops: [op] })
  })

  it('that was streamed and broke off is no answer at all', () => {
    expect(readAnswer({ status: 201, headers: sdk, body: '   ' })).toMatchObject({ kind: 'stranger', wasReset: true })
  })

  it.each([
    [200, ''],
    [200, '{"ok":'],
    [206, ''],
    [206, '[{"id":"'],
    [206, '<html>'],
  ])('that is no JSON was cut off on its way: %i %j', (status, body) => {
    expect(readAnswer({ status, headers: sdk, body })).toMatchObject({ kind: 'stranger', wasReset: true })
  })

  it.each(['[{"op":"StepRun"}]', '[{"id":"short","op":"StepRun"}]', '7'])(
    'is unusable when it is not ops: %s',
    (body) => {
      expect(readAnswer({ status: 206, headers: sdk, body })).toMatchObject({ kind: 'unusable' })
    },
  )
})
