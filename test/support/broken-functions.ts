import { type Inngest, type InngestFunction, NonRetriableError } from 'inngest'

/** Whether the functions below fail, and what they have done when they did not. */
export const fate = { isBroken: true, done: [] as unknown[] }

/** Functions that fail as long as `fate` says so, in the ways in which a function can. */
export function brokenFunctions(inngest: Inngest): InngestFunction.Any[] {
  const work = (data: unknown) => {
    if (fate.isBroken) throw failure((data as { say?: string }).say)
    fate.done.push(data)
    return { done: true }
  }
  const callee = inngest.createFunction({ id: 'fail-callee', triggers: [{ event: 'test/nobody' }] }, ({ event }) =>
    work(event.data),
  )
  return [
    callee,
    inngest.createFunction({ id: 'fail-code', triggers: [{ event: 'test/code' }], retries: 2 }, ({ event }) =>
      work(event.data),
    ),
    inngest.createFunction({ id: 'also-listens', triggers: [{ event: 'test/code' }] }, () => 'heard'),
    inngest.createFunction({ id: 'fail-step', triggers: [{ event: 'test/step' }], retries: 3 }, ({ event, step }) =>
      step.run('do-work', () => work(event.data)),
    ),
    inngest.createFunction({ id: 'fail-at-once', triggers: [{ event: 'test/at-once' }] }, ({ event }) => {
      if (fate.isBroken) throw new NonRetriableError(String(event.data.say ?? 'never'))
      fate.done.push(event.data)
    }),
    inngest.createFunction(
      { id: 'fail-caller', triggers: [{ event: 'test/caller' }], retries: 0 },
      async ({ event, step }) => {
        await step.invoke('call', { function: callee, data: event.data }).catch(() => 'it failed')
      },
    ),
    inngest.createFunction({ id: 'sleep-long', triggers: [{ event: 'test/sleep' }] }, async ({ event, step }) => {
      await step.sleep('nap', '2h')
      fate.done.push(event.data)
    }),
  ]
}

function failure(say = 'Order 1042 can’t be read'): Error {
  const root = Object.assign(new TypeError('the socket hung up'), { code: 'ECONNRESET' })
  return new RangeError(say, { cause: new Error('the store is away', { cause: root }) })
}
