import { describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { findStepValues } from '@/lib/runs/get-run'
import { progressOf } from '@/lib/runs/progress'
import { ownLedger } from '../../support/ledger'

const ledger = ownLedger((inngest) => {
  const callee = inngest.createFunction({ id: 'callee', triggers: [{ event: 'never' }] }, async ({ event, step }) => {
    await step.sleep('nap', '1h')
    if (event.data.fails) throw new Error('callee boom')
    return { r: Number(event.data.x) * 2 }
  })
  const failing = inngest.createFunction({ id: 'failing', triggers: [{ event: 'never' }], retries: 0 }, () => {
    throw new Error('callee boom')
  })
  return [
    callee,
    failing,
    inngest.createFunction({ id: 'caller', triggers: [{ event: 'call' }] }, ({ step }) =>
      step.invoke('ask', { function: callee, data: { x: 21, orderId: '7' } }),
    ),
    inngest.createFunction({ id: 'patient', triggers: [{ event: 'call-failing' }], retries: 0 }, ({ step }) =>
      step.invoke('ask', { function: failing, data: {} }).catch((error: Error) => error.message),
    ),
    inngest.createFunction({ id: 'waiter', triggers: [{ event: 'wait' }] }, async ({ step }) => {
      const reply = await step.waitForEvent('reply', { event: 'reply', timeout: '2h', match: 'data.id' })
      return reply ? 'answered' : 'timed out'
    }),
    inngest.createFunction({ id: 'sender', triggers: [{ event: 'send' }] }, async ({ step, event }) => {
      await step.sendEvent('tell', [
        { name: 'heard', id: `heard-${event.id}`, data: { orderId: '8' } },
        { name: 'heard', data: { orderId: '8' } },
      ])
    }),
    inngest.createFunction({ id: 'listener', triggers: [{ event: 'heard' }] }, () => 'heard'),
    inngest.createFunction({ id: 'hourly', triggers: [{ cron: '0 * * * *' }] }, () => 'ticked'),
    inngest.createFunction({ id: 'teller', triggers: [{ event: 'tell-progress' }] }, ({ step, runId }) =>
      step.run('work', () => {
        const { report, line } = progressOf(runId)
        report({ step: 0, totalSteps: 3, currentOperation: 'resize' })
        line('Completed resize (1/3)')
        line('Bearer abcdefgh12')
        report({ step: 2, totalSteps: 3, currentOperation: 'compress with token=abcdefgh12' })
      }),
    ),
  ]
})

const linksOf = (links: { id: string; functionId: string }[]) => links.map(({ functionId }) => functionId)

describe('an invoked run', () => {
  it('is its caller’s child, and the caller waits for it', async () => {
    const runId = await ledger.start('call')
    const waiting = await ledger.settled(runId)
    expect(waiting.run.status).toBe('waiting')
    expect(waiting.steps).toMatchObject([{ name: 'ask', kind: 'invoke', status: 'invoking' }])
    expect(linksOf(waiting.children)).toEqual(['callee'])

    const child = await ledger.viewOf(waiting.children[0]?.id ?? '')
    expect(child.run).toMatchObject({
      ...{ status: 'sleeping', parentRunId: runId, parentStepId: waiting.steps[0]?.id, record: 'order/7' },
      ...{ eventName: 'inngest/function.invoked', events: [{ data: { x: 21, orderId: '7' } }] },
    })
    expect(child.parent).toMatchObject({ id: runId, functionId: 'caller', status: 'waiting' })

    const ended = await ledger.settled(runId, '1h')
    expect(ended.run).toMatchObject({ status: 'completed', output: { r: 42 } })
    expect(ended.steps).toMatchObject([{ status: 'completed' }])
  })

  it('that fails is an error at the step that has invoked it', async () => {
    const { run, steps, children } = await ledger.settled(await ledger.start('call-failing'))
    expect(run).toMatchObject({ status: 'completed', output: 'callee boom' })
    expect(steps).toMatchObject([{ status: 'failed' }])
    expect(children).toMatchObject([{ functionId: 'failing', status: 'failed' }])
    expect((await ledger.viewOf(children[0]?.id ?? '')).parent).toMatchObject({ id: run.id })
  })
})

describe('a run that waits for an event', () => {
  it('says until when, and what came', async () => {
    const runId = await ledger.start('wait', { id: 'k1' })
    const { run, steps } = await ledger.settled(runId)
    expect(run.status).toBe('waiting')
    expect(Number(run.until) - Number(steps[0]?.foundAt)).toBe(2 * 3_600_000)
    await ledger.engine().send({ name: 'reply', data: { id: 'k2' } }, { name: 'reply', data: { id: 'k1', pin: 1234 } })
    const ended = await ledger.settled(runId)
    expect(ended.run).toMatchObject({ status: 'completed', output: 'answered' })
    expect(await db().runStep.findMany({ where: { runId } })).toMatchObject([
      {
        ...{ name: 'reply', kind: 'waitForEvent', status: 'completed' },
        input: { event: 'reply', if: 'event.data.id == async.data.id' },
        output: { name: 'reply', data: { id: 'k1', pin: '[redacted]' } },
      },
    ])
  })

  it('in vain has waited to the end', async () => {
    const runId = await ledger.start('wait', { id: 'k3' })
    await ledger.settled(runId)
    const { run, steps } = await ledger.settled(runId, '2h')
    expect(run).toMatchObject({ status: 'completed', output: 'timed out' })
    expect(steps).toMatchObject([{ status: 'completed' }])
    expect(await db().runStep.findFirst({ where: { runId } })).toMatchObject({ output: null, error: null })
  })
})

describe('runs that belong together', () => {
  it('are found from the one that sent their events, and by the record that they work for', async () => {
    const runId = await ledger.start('send')
    const { run, steps, children } = await ledger.settled(runId)
    expect(run.status).toBe('completed')
    expect(steps).toMatchObject([{ name: 'tell', kind: 'sendEvent', status: 'completed' }])
    expect(linksOf(children)).toEqual(['listener', 'listener'])
    const child = await ledger.viewOf(children[0]?.id ?? '')
    expect(child.run.record).toBe('order/8')
    expect(child.sameRecord).toMatchObject([{ id: children[1]?.id }])
    expect(await findStepValues({ isOperator: true }, runId, steps[0]?.id ?? '')).toMatchObject({
      input: [{ name: 'heard', data: { orderId: '8' } }, { name: 'heard' }],
    })
    expect(await db().awaitedRun.count()).toBe(0)
  })

  it('may be of a schedule, which has its own event', async () => {
    await ledger.engine().move('1h')
    const [tick] = await db().run.findMany({ where: { functionId: 'hourly' }, orderBy: { queuedAt: 'desc' } })
    const { run } = await ledger.viewOf(tick?.id ?? '')
    expect(run).toMatchObject({ status: 'completed', eventName: 'inngest/scheduled.timer', record: null })
    expect(run.queuedAt.getUTCMinutes()).toBe(0)
  })
})

describe('progress', () => {
  it('says how far the work is, in lines too, without secrets', async () => {
    const { run, lines } = await ledger.settled(await ledger.start('tell-progress'))
    expect(run.progress).toEqual({
      ...{ step: 2, totalSteps: 3, percent: 67, currentOperation: 'compress with token=[redacted]' },
    })
    expect(lines.map(({ text }) => text)).toEqual(['Completed resize (1/3)', 'Bearer [redacted]'])
  })

  it.each([
    [0, 0, 0],
    [5, 3, 100],
    [-1, 3, 0],
    [Number.NaN, 3, 0],
    [1, Number.POSITIVE_INFINITY, 0],
    [Number.POSITIVE_INFINITY, 2, 0],
    [1, 3, 33],
  ])('%d of %d is %d percent', async (step, totalSteps, percent) => {
    const { run } = await ledger.settled(await ledger.start('tell-progress'))
    const { report, line } = progressOf(run.id)
    report({ step, totalSteps, currentOperation: `x\u0000\ud83d${'😀'.repeat(2_000)}` })
    line(`\u0000${'😀'.repeat(2_000)}x`)
    const { progress } = (await ledger.viewOf(run.id)).run
    expect(progress).toMatchObject({ percent })
    expect((await ledger.viewOf(run.id)).lines).toHaveLength(3)
  })
})
