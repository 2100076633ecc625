import { format } from 'node:util'
import { afterEach, beforeEach, expect } from 'vitest'

let unexpected: string[] = []
const original = console.error

beforeEach(() => {
  unexpected = []
  console.error = (...args: unknown[]) => {
    const line = format(...args)
    unexpected.push(line)
    original(...args)
  }
})

afterEach(() => {
  console.error = original
  expect(unexpected, 'an error was printed').toEqual([])
})
