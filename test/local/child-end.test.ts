import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { hasEnded, whenEnded } from '@/local/child-end'

describe('the end of a process', () => {
  it('is acted on when it comes', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    const ended = new Promise<void>((resolve) => whenEnded(child, resolve))
    expect(hasEnded(child)).toBe(false)
    child.kill('SIGKILL')
    await ended
    expect(hasEnded(child)).toBe(true)
  })

  it('is acted on too when it came before anybody listened', async () => {
    const child = spawn(process.execPath, ['-e', ''])
    await once(child, 'exit')
    let acts = 0
    whenEnded(child, () => acts++)
    expect(acts).toBe(1)
  })
})
