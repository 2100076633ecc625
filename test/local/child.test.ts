import { readFileSync, rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Child } from '@/local/child'

let dir: string
let child: Child

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'backroom-child-'))
})

afterEach(async () => {
  await child.stop()
  rmSync(dir, { recursive: true, force: true })
})

const starts = () => {
  try {
    return readFileSync(join(dir, 'starts'), 'utf8').length
  } catch {
    return 0
  }
}

function isAlive(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('a program that is looked after', () => {
  it('is started again also when it ends between its first answer and the first look at it', async () => {
    const program = `require('node:fs').appendFileSync(process.env.STARTS, '.')`
    const answeredAndGone = async () => {
      await expect.poll(() => starts() > 0 && !isAlive(child.pid), { timeout: 20_000 }).toBe(true)
      return true
    }
    child = new Child({
      name: 'program',
      args: ['-e', program],
      env: { ...process.env, STARTS: join(dir, 'starts') },
      isReady: answeredAndGone,
      say: () => {},
    })
    await child.start()
    await expect.poll(starts, { timeout: 20_000 }).toBeGreaterThan(1)
  })
})
