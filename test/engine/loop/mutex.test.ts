import { expect, it } from 'vitest'
import { Mutex } from '@/engine/loop/mutex'
import { gate } from '../../support/engine'

it('work goes one at a time, in order, and a failure holds nobody up', async () => {
  const mutex = new Mutex()
  const first = gate()
  const log: string[] = []
  const one = mutex.run(async () => {
    await first.opened
    log.push('one')
  })
  const two = mutex.run(async () => {
    log.push('two')
    throw new Error('no')
  })
  const three = mutex.run(async () => log.push('three'))
  first.open()
  await one
  await expect(two).rejects.toThrow('no')
  expect(await three).toBe(3)
  expect(log).toEqual(['one', 'two', 'three'])
})
