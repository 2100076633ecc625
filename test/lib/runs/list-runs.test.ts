import { describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { findRun, findStepValues } from '@/lib/runs/get-run'
import { listRuns, type RunFilter, type RunLine, runFilter } from '@/lib/runs/list-runs'
import { measureFunctions } from '@/lib/runs/measure-functions'
import { ledgerWritten, note } from '@/lib/runs/writer'
import { ownLedgerDatabase } from '../../support/ledger-database'
import { called, callOf } from '../../support/notes'

ownLedgerDatabase()

const START = Date.parse('2026-01-10T00:00:00Z')
const at = new Date(START)
const operator = { isOperator: true }
const hour = 3_600_000

/** A run that was queued so many hours ago. */
const queued = (
  id: string,
  hoursAgo: number,
  change: { functionId?: string; record?: string; eventId?: string } = {},
) => {
  const { eventId = `event-of-${id}`, functionId = 'f', record = null } = change
  const ts = START - hoursAgo * hour
  return called(id, { functionId, record, calledAt: new Date(ts), events: [{ id: eventId, name: 'x', data: {}, ts }] })
}
const idsOf = (runs: RunLine[]) => runs.map(({ id }) => id)
const list = (filter: RunFilter = {}) => listRuns(operator, filter, at)
const written = () => ledgerWritten({ withinMs: 10_000 })

describe('the list of runs', () => {
  it('is for operators alone', async () => {
    await expect(listRuns({ isOperator: false }, {}, at)).rejects.toThrow()
    await expect(findRun({ isOperator: false }, 'r1')).rejects.toThrow()
  })

  it('goes by status, function, time and what it is asked for, newest first', async () => {
    note(queued('r1', 0.5), queued('r2', 5, { functionId: 'g' }), queued('r3', 30, { record: 'order/1042' }))
    note(queued('r4', 200, { record: 'user/u-1', eventId: 'fact-1' }))
    const { call } = queued('r2', 5, { functionId: 'g' })
    const error = { name: 'Error', message: 'boom' }
    note({ kind: 'ended', call, at, end: { status: 'failed', error } })
    await written()
    expect(idsOf((await list()).runs)).toEqual(['r1', 'r2', 'r3', 'r4'])
    const [failed, ...others] = (await list({ status: 'failed' })).runs
    expect([failed, others]).toMatchObject([{ id: 'r2', functionId: 'g', message: 'boom', endedAt: at }, []])
    for (const [filter, ids] of [
      [{ function: 'g' }, ['r2']],
      [{ within: '1h' }, ['r1']],
      [{ within: '24h' }, ['r1', 'r2']],
      [{ within: '7d' }, ['r1', 'r2', 'r3']],
      [{ within: '30d', status: 'running' }, ['r1', 'r3', 'r4']],
      [{ search: 'r3' }, ['r3']],
      [{ search: 'order/1042' }, ['r3']],
      [{ search: '1042' }, ['r3']],
      [{ search: 'u-1' }, ['r4']],
      [{ search: 'fact-1' }, ['r4']],
      [{ search: 'fact-1', status: 'failed' }, []],
      [{ search: '104' }, []],
    ] as [RunFilter, string[]][])
      expect(idsOf((await list(filter)).runs), JSON.stringify(filter)).toEqual(ids)
  })

  it('comes in pages, with no run twice or missed while others are added', async () => {
    // Many at the same instant: the id decides.
    for (let n = 0; n < 160; n++) note(queued(`r-${String(n).padStart(3, '0')}`, 1 + Math.floor(n / 70)))
    await written()
    const seen: string[] = []
    let cursor: string | undefined
    for (let page = 0; page < 10; page++) {
      const { runs, nextCursor } = await list(runFilter.parse({ cursor }))
      seen.push(...idsOf(runs))
      if (!nextCursor) break
      cursor = nextCursor
      for (let n = 0; n < 20; n++) note(queued(`new-${page}-${n}`, 0))
      await written()
    }
    expect(seen).toHaveLength(160)
    expect(new Set(seen).size).toBe(160)
  })

  it('of a full page and no more has no next one', async () => {
    for (let n = 0; n < 50; n++) note(queued(`r${n}`, 1))
    await written()
    const { runs, nextCursor } = await list()
    expect([runs.length, nextCursor]).toEqual([50, null])
  })

  it.each([
    ['\'; DROP TABLE "Run"; --'],
    ['" OR 1=1'],
    ['%'],
    ['_'],
    ['\\'],
    ['$1'],
    ['(a+)+$'],
    ['a\u0000b'],
    ['\u0000'],
    ['\ud83d'],
    ['😀'.repeat(90)],
    ['order/\ud83d'],
    ['order/'.repeat(30)],
    ['‮⁦'],
    ['   '],
  ])('searched for %j finds nothing, and takes no harm', async (search) => {
    note(queued('r1', 1))
    await written()
    const { runs, problem } = await list(runFilter.parse({ search }))
    const isEmpty = search.replaceAll('\u0000', '').trim() === ''
    expect([runs.length, problem]).toEqual([isEmpty ? 1 : 0, undefined])
    expect(await db().run.count()).toBe(1)
  })

  it('says so where a search is too long', async () => {
    expect(await list(runFilter.parse({ search: 'x'.repeat(10_000) }))).toEqual({
      runs: [],
      nextCursor: null,
      problem: 'Search for at most 200 characters.',
    })
  })

  it('takes what does not fit as if it were not there', async () => {
    note(queued('r1', 1))
    await written()
    const odd = [
      'x',
      '',
      "'",
      '1'.repeat(400),
      'NaN_x',
      '99999999999999_r1',
      '-1_r1',
      '1_',
      '0_r1\u0000',
      ['a', 'b'],
      7,
    ]
    for (const value of odd) {
      const filter = runFilter.parse({ status: value, function: `${value}'`, within: value, cursor: value })
      expect((await list(filter)).runs.length, JSON.stringify(value)).toBe(1)
    }
    expect(idsOf((await list(runFilter.parse({ cursor: '0_r1' }))).runs)).toEqual([])
  })
})

describe('one run', () => {
  it('is null for an id that no run has, whatever it is', async () => {
    for (const id of ['nobody', '', 'a/b', 'NUL\u0000', '\ud83d', "'", 'x'.repeat(10_000)]) {
      expect(await findRun(operator, id)).toBeNull()
      expect(await findStepValues(operator, id, 'x')).toBeNull()
      expect(await findStepValues(operator, 'x', id)).toBeNull()
    }
  })

  it('has its latest lines in the order in which they were written', async () => {
    note(called('r1'))
    for (let n = 0; n < 600; n++) note({ kind: 'line', runId: 'r1', at, text: `line ${n}` })
    await written()
    const { lines } = (await findRun(operator, 'r1')) ?? { lines: [] }
    expect([lines.length, lines[0]?.text, lines.at(-1)?.text]).toEqual([500, 'line 100', 'line 599'])
  })

  it('names its dead letter, and what it is a replay of', async () => {
    note(called('first', { record: 'order/1' }), called('replaying'))
    note(called('again', { record: 'order/1', parent: { runId: 'replaying', stepId: 's' } }))
    await written()
    const group = { id: 'g1', functionId: 'f', errorName: 'Error', cause: 'c', firstAt: at, lastAt: at, alertedAt: at }
    await db().deadLetterGroup.create({ data: group })
    const letter = { id: 'l1', groupId: 'g1', runId: 'first', functionId: 'f', events: [], error: {}, failedAt: at }
    await db().deadLetter.create({ data: { ...letter, attempts: 1 } })
    const asked = { requestedAt: at, requestedBy: 'ann@example.com' }
    await db().replay.create({ data: { id: 'p1', deadLetterId: 'l1', runId: 'replaying', ...asked } })
    expect(await findRun(operator, 'first')).toMatchObject({
      deadLetter: { id: 'l1', groupId: 'g1', status: 'open' },
      sameRecord: [{ id: 'again' }],
      replayOf: null,
    })
    expect(await findRun(operator, 'again')).toMatchObject({
      parent: { id: 'replaying' },
      replayOf: { deadLetterId: 'l1', groupId: 'g1', runId: 'first' },
    })
  })
})

describe('the measures of functions', () => {
  it('are of their ended runs, and none for a function that has none', async () => {
    for (const [n, ms] of [100, 200, 300, 400].entries()) {
      const call = callOf(`r${n}`, { functionId: 'f' })
      const end = n === 0 ? { status: 'failed' as const, error: { name: 'E', message: 'x' } } : undefined
      note({
        ...{ kind: 'ended', call, at: new Date(call.calledAt.getTime() + ms) },
        end: end ?? { status: 'completed', output: null },
      })
    }
    note(called('open', { functionId: 'f' }))
    await written()
    expect(await measureFunctions(operator, ['f', 'idle'])).toMatchObject([
      { functionId: 'f', ended: 4, completed: 3, failed: 1, medianMs: 250 },
      { functionId: 'idle', ended: 0, completed: 0, failed: 0, medianMs: null, p95Ms: null, lastEndedAt: null },
    ])
    expect(await measureFunctions(operator, [])).toEqual([])
  })
})
