import { describe, expect, it } from 'vitest'
import { now } from '@/lib/clock'
import { db } from '@/lib/db'
import { countJobs, type JobCounts } from '@/lib/runs/count-runs'
import { lookUpAwaitedRuns } from '@/lib/runs/look-up'
import { keepLedger } from '@/lib/runs/upkeep'
import { ledgerWritten, note } from '@/lib/runs/writer'
import { ownLedger, withoutServer } from '../../support/ledger'
import { called } from '../../support/notes'

const MINUTE = 60_000

const ledger = ownLedger((inngest) => [
  inngest.createFunction({ id: 'picky', triggers: [{ event: 'pick', if: 'event.data.n > 1' }] }, () => 'picked'),
  inngest.createFunction({ id: 'late', triggers: [{ event: 'late' }] }, () => 'late'),
  inngest.createFunction({ id: 'never-called', triggers: [{ event: 'shy' }] }, () => 'shy'),
  inngest.createFunction({ id: 'also-shy', triggers: [{ event: 'shy', if: 'false' }] }, () => 'shy'),
  inngest.createFunction({ id: 'all', triggers: [{ event: 'many/*' }] }, () => 'all'),
  inngest.createFunction({ id: 'one', triggers: [{ event: 'many/one' }] }, () => 'one'),
])

const inMs = (ms: number) => new Date(now().getTime() + ms)
const runOf = (id: string) => db().run.findUniqueOrThrow({ where: { id } })

const countsOf = async (functionId: string): Promise<JobCounts | undefined> =>
  (await countJobs([functionId], now()))[functionId]

describe('an event and a function that it starts', () => {
  const send = (name: string, more: { data?: Record<string, unknown>; id?: string; ts?: number } = {}) =>
    ledger.inngest().send({ name, ...more })
  const pairs = () => db().awaitedRun.findMany({ orderBy: { functionId: 'asc' } })

  it('are waiting from when the event was sent until the run is seen', async () => {
    ledger.engine().fault = () => ({ status: 502, headers: {}, body: '' })
    await send('many/one', { id: 'fact-1' })
    expect(await pairs()).toMatchObject([
      { eventId: 'fact-1', functionId: 'all', eventName: 'many/one' },
      { eventId: 'fact-1', functionId: 'one' },
    ])
    expect(await countsOf('one')).toMatchObject({ waiting: 1, completed: 0, total: 1 })
    ledger.engine().fault = () => undefined
    await ledger.engine().move()
    await ledgerWritten({ withinMs: 5_000 })
    expect(await pairs()).toEqual([])
    expect(await countsOf('one')).toMatchObject({ waiting: 0, completed: 1, total: 1 })
    // The same fact once more starts nothing, and nothing is awaited.
    await send('many/one', { id: 'fact-1' })
    expect(await pairs()).toEqual([])
  })

  it('are found where the sender died with all that it had noted, and another has sent the event again', async () => {
    await send('many/one', { id: 'fact-9' })
    await ledger.engine().move()
    await ledgerWritten({ withinMs: 5_000 })
    await db().run.deleteMany({ where: { eventId: 'fact-9' } })
    await send('many/one', { id: 'fact-9' })
    expect(await pairs()).toMatchObject([{ functionId: 'all' }, { functionId: 'one' }])
    await keepLedger(inMs(11 * MINUTE))
    expect(await pairs()).toEqual([])
    const found = await db().run.findMany({ where: { eventId: 'fact-9' }, orderBy: { functionId: 'asc' } })
    expect(found).toMatchObject([
      { functionId: 'all', status: 'completed', output: 'all' },
      { functionId: 'one', status: 'completed', output: 'one' },
    ])
  })

  it('are not waiting where two processes have written the pair and its run at the same moment', async () => {
    const at = now()
    const event = { id: 'fact-0', name: 'late', data: {}, ts: at.getTime() }
    note(called('seen-elsewhere', { functionId: 'late', calledAt: at, events: [event] }))
    await ledgerWritten({ withinMs: 5_000 })
    const pair = { eventId: 'fact-0', functionId: 'late', eventName: 'late', serverEventId: 'x' }
    await db().awaitedRun.create({ data: { ...pair, dueAt: at, lookUpAt: inMs(10 * MINUTE) } })
    await withoutServer(() => keepLedger(inMs(5_000)))
    expect(await pairs()).toEqual([])
    await db().run.delete({ where: { id: 'seen-elsewhere' } })
  })

  it('are no longer waiting, ten minutes later, where the trigger’s expression did not fit', async () => {
    await send('pick', { data: { n: 1 } })
    await ledger.engine().move()
    expect(await countsOf('picky')).toMatchObject({ waiting: 1 })
    expect(await lookUpAwaitedRuns(inMs(9 * MINUTE))).toBe(0)
    expect(await withoutServer(() => lookUpAwaitedRuns(inMs(11 * MINUTE)))).toBe(0)
    expect(await pairs()).toHaveLength(1)
    await keepLedger(inMs(17 * MINUTE))
    expect(await pairs()).toEqual([])
    expect(await countsOf('picky')).toMatchObject({ waiting: 0, total: 0 })
  })

  it('are filled in by the server where a run waits for its turn, and the run goes on from there', async () => {
    await ledger.settled(await ledger.start('late', { orderId: '1' }))
    const before = await countsOf('late')
    ledger.engine().fault = () => ({ status: 502, headers: {}, body: '' })
    await send('late', { id: 'fact-2', data: { orderId: '2' } })
    await keepLedger(inMs(11 * MINUTE))
    expect(await pairs()).toEqual([])
    const [run] = await db().run.findMany({ where: { eventId: 'fact-2' } })
    expect(run).toMatchObject({ status: 'queued', functionId: 'late', startedAt: null })
    expect(await countsOf('late')).toMatchObject({ waiting: 1, total: Number(before?.total) + 1 })
    ledger.engine().fault = () => undefined
    const { run: ended } = await ledger.settled(run?.id ?? '')
    expect(ended).toMatchObject({ status: 'completed', record: 'order/2', events: [{ data: { orderId: '2' } }] })
    expect(await countsOf('late')).toMatchObject({ waiting: 0, completed: Number(before?.completed) + 1 })
  })

  it('are filled in with the run’s end, where the app’s own news of it was lost', async () => {
    await send('late', { id: 'fact-3' })
    await ledger.engine().move()
    await ledgerWritten({ withinMs: 5_000 })
    const [seen] = await db().run.findMany({ where: { eventId: 'fact-3' } })
    await db().run.delete({ where: { id: seen?.id ?? '' } })
    const [event] = await db().$queryRaw<{ id: string }[]>`SELECT id FROM engine.event WHERE public_id = 'fact-3'`
    await db().awaitedRun.create({
      data: {
        ...{ eventId: 'fact-3', functionId: 'late', eventName: 'late', serverEventId: event?.id ?? '' },
        ...{ dueAt: now(), lookUpAt: now() },
      },
    })
    await lookUpAwaitedRuns(inMs(1))
    expect(await runOf(seen?.id ?? '')).toMatchObject({ status: 'completed', output: 'late', isConfirmed: true })
    expect(await pairs()).toEqual([])
  })

  it('stay while a run may be of a function that was never called; for a day, not for ever', async () => {
    ledger.engine().fault = () => ({ status: 502, headers: {}, body: '' })
    await send('shy')
    await keepLedger(inMs(11 * MINUTE))
    expect((await pairs()).map(({ functionId }) => functionId)).toEqual(['also-shy', 'never-called'])
    await keepLedger(inMs(25 * 60 * MINUTE))
    expect(await pairs()).toEqual([])
    ledger.engine().fault = () => undefined
    await ledger.engine().move()
    await ledgerWritten({ withinMs: 5_000 })
    expect(await countsOf('never-called')).toMatchObject({ waiting: 0, completed: 1 })
  })

  it('are delayed until an event of the future is due', async () => {
    const before = await countsOf('late')
    await send('late', { id: 'fact-4', ts: inMs(60 * MINUTE).getTime() })
    await ledger.engine().move()
    expect(await countsOf('late')).toEqual({ ...before, delayed: 1, total: Number(before?.total) + 1 })
    await keepLedger(inMs(30 * MINUTE))
    expect(await pairs()).toHaveLength(1)
    await ledger.engine().move('61m')
    await ledgerWritten({ withinMs: 5_000 })
    expect(await countsOf('late')).toMatchObject({ waiting: 0, delayed: 0, completed: Number(before?.completed) + 1 })
  })
})
