import { describe, expect, it } from 'vitest'
import { instantAfter, readAnswer, retryInstant } from '@/inngest/middleware/answer'

const at = new Date('2026-01-01T00:00:00Z')
const later = (seconds: number) => new Date(at.getTime() + seconds * 1_000)
const ops = (body: unknown, headers: Record<string, string> = {}) =>
  readAnswer({ status: 206, headers, body: JSON.stringify(body) }, at)

const planned = { id: 'p', op: 'StepPlanned', name: 'a', displayName: 'a', opts: {} }
const nap = { id: 'n', op: 'Sleep', name: '2s', displayName: 'nap', opts: {} }
const wait = {
  ...{ id: 'w', op: 'WaitForEvent', name: 'reply', displayName: 'wait' },
  opts: { timeout: '1m30s', if: 'event.data.k == async.data.k' },
}
const invoke = {
  ...{ id: 'i', op: 'InvokeFunction', displayName: 'call' },
  opts: { payload: { data: { x: 21 } }, function_id: 'app-callee' },
}

describe('an answer', () => {
  it('that is no list of operations says nothing of steps', () => {
    for (const status of [200, 201, 400, 401, 500])
      expect(readAnswer({ status, headers: {}, body: '[{"op":"Sleep","id":"x","name":"1s"}]' }, at)).toBeUndefined()
    expect(ops({ not: 'a list' })).toBeUndefined()
    expect(ops(null)).toBeUndefined()
  })

  it('names each step that it leaves to the server, with its kind, its end and what it was given', () => {
    const { found } = ops([planned, nap, wait, invoke]) ?? {}
    expect(found).toEqual([
      { id: 'p', name: 'a', kind: 'run', status: 'queued', foundAt: at, until: null, input: null },
      { id: 'n', name: 'nap', kind: 'sleep', status: 'sleeping', foundAt: at, until: later(2), input: null },
      {
        ...{ id: 'w', name: 'wait', kind: 'waitForEvent', status: 'waiting', foundAt: at, until: later(90) },
        input: { event: 'reply', if: 'event.data.k == async.data.k' },
      },
      {
        ...{ id: 'i', name: 'call', kind: 'invoke', status: 'invoking', foundAt: at, until: later(365 * 86_400) },
        input: { function: 'app-callee', data: { x: 21 } },
      },
    ])
  })

  it('names what a planned step will do by the SDK’s word, and a request or a signal by theirs', () => {
    const send = { ...planned, opts: { type: 'step.sendEvent', input: [{ name: 'x' }] } }
    const fetch = { id: 'f', op: 'Gateway', displayName: 'step.fetch: x.test', opts: { url: 'https://x.test' } }
    const signal = { id: 's', op: 'WaitForSignal', name: 'sig-1', displayName: 'sig', opts: { timeout: '20s' } }
    expect(ops([send, fetch, signal])?.found).toMatchObject([
      { kind: 'sendEvent', status: 'queued', input: [{ name: 'x' }] },
      { kind: 'fetch', status: 'waiting', until: null },
      { kind: 'waitForSignal', status: 'waiting', until: later(20), input: { signal: 'sig-1' } },
    ])
  })

  it('says nothing of steps that are done, and of operations that nobody knows', () => {
    expect(
      ops([
        { id: 'd', op: 'StepRun', data: 1 },
        { id: 'x', op: 'Novelty' },
      ]),
    ).toMatchObject({
      found: [],
      standing: { status: 'running' },
    })
  })

  it('says what the run stands at: by its busiest step, and of those that wait by the soonest', () => {
    expect(ops([])?.standing).toEqual({ status: 'running' })
    expect(ops([nap, planned])?.standing).toEqual({ status: 'running' })
    expect(ops([wait, nap, { ...nap, id: 'm', name: '1s' }])?.standing).toEqual({ status: 'sleeping', until: later(1) })
    expect(ops([invoke, wait])?.standing).toEqual({ status: 'waiting', until: later(90) })
    expect(ops([{ id: 'f', op: 'Gateway', opts: {} }])?.standing).toEqual({ status: 'waiting', until: null })
  })

  it('of a step that will be tried again says when, if it says so', () => {
    const error = { id: 'e', op: 'StepError', error: { message: 'no' } }
    expect(ops([error])?.standing).toEqual({ status: 'retrying', until: null })
    expect(ops([error], { 'Retry-After': '7' })?.standing).toEqual({ status: 'retrying', until: later(7) })
  })

  it('tells the end of the function from the end of a step', () => {
    const end = { id: '0737c22d3bfae812339732d14d8c7dbd6dc4e09c', op: 'RunComplete', data: 1 }
    expect(ops([{ id: 'd', op: 'StepRun', data: 1 }, end])?.isEnd).toBe(true)
    expect(ops([{ id: 'd', op: 'StepRun', data: 1 }])?.isEnd).toBe(false)
  })

  it('has no secret in what a step was given', () => {
    const secret = { ...invoke, opts: { ...invoke.opts, payload: { data: { password: 'x' } } } }
    expect(JSON.stringify(ops([secret]))).not.toContain('"x"')
  })
})

describe('a duration', () => {
  it.each([
    ['1s', 1],
    ['1d2h', 93_600],
    ['1w', 604_800],
    ['1m30s', 90],
    ['500ms', 0.5],
    ['1h1ms', 3_600.001],
    ['', 0],
  ])('%s', (text, seconds) => expect(instantAfter(at, text)).toEqual(later(seconds)))

  it('may be an instant, also one that is past', () => {
    expect(instantAfter(at, '2025-12-31T00:00:00.000Z')).toEqual(new Date('2025-12-31T00:00:00Z'))
  })

  it.each(['soon', '1y', '-1s', '1.5h', '1 s', '7', '2026-13-45T99:00:00Z'])('is none in %s', (text) =>
    expect(instantAfter(at, text)).toBeNull(),
  )

  it('so long that no date holds it has no end that is known', () => {
    expect(instantAfter(at, '99999999999999w')).toBeNull()
  })
})

describe('a time to try again', () => {
  it.each([
    ['0', later(0)],
    ['90', later(90)],
    ['2026-01-01T00:01:00.250Z', later(60.25)],
    ['Thu, 01 Jan 2026 00:01:00 GMT', later(60)],
    ['soon', null],
    ['', null],
    ['99999999999999999999', null],
  ])('%s', (text, instant) => expect(retryInstant(text, at)).toEqual(instant))
})
