import type { Inngest, InngestFunction } from 'inngest'
import { execute } from './executions'
import { type FunctionId, functionIds, STARTED } from './expected'

/**
 * Steps of every kind, so that a kill finds each of them half done: code, sleeps, a group, a wait that is answered and
 * one that isn't, an invocation, and a step that fails at first. `by-checkpoints` saves its steps within a call, as
 * apps do by default; `by-answers` hands each over with an answer of its own.
 */
export function workloadFunctions(client: Inngest): InngestFunction.Any[] {
  const child = client.createFunction({ id: 'child', triggers: [] }, async ({ step, runId }) => {
    const early = await step.run('early', () => execute(runId, 'early'))
    await step.sleep('pause', '2h')
    const late = await step.run('late', () => execute(runId, 'late'))
    return { early, late }
  })
  return [child, ...functionIds.map((id) => everyKind(client, id, child))]
}

function everyKind(client: Inngest, id: FunctionId, child: InngestFunction.Any): InngestFunction.Any {
  // So many retries: a step that sends an event fails while no engine leads.
  const options = { id, checkpointing: id === 'by-checkpoints', retries: 10 as const, triggers: [{ event: STARTED }] }
  return client.createFunction(options, async ({ event, step, runId, attempt }) => {
    const run = (name: string) => step.run(name, () => execute(runId, name))
    const first = await run('first')
    await step.sleep('nap', '6h')
    const [left, right] = await Promise.all([run('left'), run('right'), step.sleep('beside', '1d')])
    const answerName = `${id}/answered`
    const answered = async () => {
      await step.sleep('before-answer', '1h')
      await step.sendEvent('answer', { id: `${answerName}/${runId}`, name: answerName, data: { id: event.data.id } })
    }
    const wait = { event: answerName, timeout: '3d', if: 'event.data.id == async.data.id' }
    const [answer] = await Promise.all([step.waitForEvent('wait', wait), answered()])
    const silence = await step.waitForEvent('silence', { event: 'workload/never', timeout: '3h' })
    const invoked = await step.invoke('invoke', { function: child, data: {} })
    const failing = await step.run('failing', () => execute(runId, 'failing', { fails: attempt === 0 }))
    const last = await run('last')
    const nonces = { first, left, right, failing, last }
    return { nonces, invoked, answeredBy: answer?.data.id, silence }
  })
}
