import { execFileSync } from 'node:child_process'
import { afterEach, expect, it } from 'vitest'
import { makeEnvPlain } from '@/lib/plain-env'

const { env } = process
afterEach(() => {
  process.env = env
})

it('keeps every variable, and hands on to children what is changed later', () => {
  const before = { ...process.env }
  makeEnvPlain()
  expect(process.env).not.toBe(env)
  expect(process.env).toEqual(before)
  process.env.BACKROOM_ADDED = 'later'
  const told = execFileSync(process.execPath, ['-p', 'process.env.BACKROOM_ADDED'], { encoding: 'utf8' })
  expect(told.trim()).toBe('later')
})
