import { expect, it } from 'vitest'
import { Locks } from '@/local/payments/locks'

const LONG = 60_000

it('who works on a thing has it alone; others come in turn', async () => {
  const locks = new Locks()
  const said: string[] = []
  const work = async (name: string, ids: string[]) => {
    const release = await locks.take(ids, LONG)
    said.push(`${name} begins`)
    await Promise.resolve()
    said.push(`${name} ends`)
    release?.()
  }
  await Promise.all([work('first', ['a', 'b']), work('second', ['b']), work('third', ['b', 'a'])])
  expect(said).toEqual(['first begins', 'first ends', 'second begins', 'second ends', 'third begins', 'third ends'])
})

it('other things are free meanwhile', async () => {
  const locks = new Locks()
  await locks.take(['a'], LONG)
  expect(await locks.take(['b'], LONG)).toBeDefined()
  expect(await locks.take([], LONG)).toBeDefined()
})

it('who has waited too long goes, and those behind still have their turn', async () => {
  const locks = new Locks()
  const release = await locks.take(['a'], LONG)
  const second = locks.take(['a'], 1)
  const third = locks.take(['a'], LONG)
  expect(await second).toBeUndefined()
  release?.()
  expect(await third).toBeDefined()
})
