import { beforeEach, describe, expect, it } from 'vitest'
import { RunCache } from '@/engine/loop/run-cache'
import { RunLoader } from '@/engine/loop/run-loader'
import type { Run } from '@/engine/model/run'

function run(id: string, output: string | null = null): Run {
  return {
    ...{ id, functionId: 'f', status: 'running', events: [], createdAt: 0, startedAt: 0, endedAt: null, output },
    ...{ error: null, version: null, score: 0, limitKeys: [], throttleKey: null, singletonKey: null, batchId: null },
    ...{ parentRunId: null, parentStepId: null, steps: new Map(), items: new Map(), waits: new Map() },
  }
}

/** A table that answers when it is told to. */
class Table {
  readonly asked: string[][] = []
  private readonly answers: ((runs: Run[]) => void)[] = []

  read = (ids: string[]) => {
    this.asked.push(ids)
    return new Promise<Run[]>((resolve) => this.answers.push(resolve))
  }

  answer(...runs: Run[]): void {
    this.answers.shift()?.(runs)
  }
}

const aTurn = () => new Promise<void>((resolve) => setImmediate(resolve))

let cache: RunCache
let table: Table
let loader: RunLoader

describe('reading runs into memory', () => {
  beforeEach(() => {
    cache = new RunCache()
    table = new Table()
    loader = new RunLoader(cache, table.read)
  })

  it('reads together what is asked for in one turn, and nothing that is there already', async () => {
    cache.put(run('known'))
    const loads = [loader.load(['a']), loader.load(['b', 'known', 'a']), loader.load(['known'])]
    await aTurn()
    expect(table.asked).toEqual([['a', 'b']])
    table.answer(run('a'), run('b'))
    await Promise.all(loads)
    expect([cache.get('a')?.id, cache.get('b')?.id]).toEqual(['a', 'b'])
  })

  it('reads no run twice at once: the slower reading could be older than what was done to the quicker one', async () => {
    const first = loader.load(['a'])
    await aTurn()
    const second = loader.load(['a', 'b'])
    await aTurn()
    expect(table.asked).toEqual([['a'], ['b']])
    table.answer(run('a'))
    table.answer(run('b'))
    await Promise.all([first, second])
    expect(cache.get('b')).toBeDefined()
  })

  it('reads anew when memory was forgotten meanwhile', async () => {
    const load = loader.load(['a'])
    await aTurn()
    cache.clear()
    table.answer(run('a', 'older'))
    await aTurn()
    expect(cache.get('a')).toBeUndefined()
    table.answer(run('a', 'newer'))
    await load
    expect(cache.get('a')?.output).toBe('newer')
  })

  it('knows nothing of a run that does not exist, and asks again the next time', async () => {
    for (const _ of [1, 2]) {
      const load = loader.load(['gone'])
      await aTurn()
      table.answer()
      await load
    }
    expect(table.asked).toEqual([['gone'], ['gone']])
    expect(cache.get('gone')).toBeUndefined()
  })

  it('tells everybody who waits when the tables can’t be read, and can be asked again', async () => {
    let isAway = true
    const flaky = new RunLoader(cache, async (ids) => {
      if (isAway) throw new Error('the database is away')
      return ids.map((id) => run(id))
    })
    const failures = await Promise.allSettled([flaky.load(['a']), flaky.load(['a', 'b'])])
    expect(failures.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    isAway = false
    await flaky.load(['a'])
    expect(cache.get('a')).toBeDefined()
  })
})
