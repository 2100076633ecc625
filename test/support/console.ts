import { format } from 'node:util'
import { afterEach, beforeEach, expect } from 'vitest'

let expected: RegExp[] = []
let unexpected: string[] = []
const original = console.error

/** Lets errors that match be printed within this test; any other one fails it. */
export function expectConsoleError(pattern: RegExp): void {
  expected.push(pattern)
}

beforeEach(() => {
  expected = []
  unexpected = []
  console.error = (...args: unknown[]) => {
    const line = format(...args)
    if (expected.some((pattern) => pattern.test(line))) return
    unexpected.push(line)
    original(...args)
  }
})

afterEach(() => {
  console.error = original
  expect(unexpected, 'errors were printed that this test does not expect').toEqual([])
})
