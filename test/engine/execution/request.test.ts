import { expect, it } from 'vitest'
import { callAddress } from '@/engine/execution/request'
import type { RegisteredFunction } from '@/engine/model/function'
import type { Item } from '@/engine/model/run'

const APP = 'http://app.test/api/inngest'
const served = (url: string) => ({ config: { steps: { step: { runtime: { url } } } } }) as RegisteredFunction
const replay = { kind: 'discovery', stepId: '' } as Item
const planned = { kind: 'step', stepId: 'a1' } as Item

it.each([
  ['a replay goes where the app has said', `${APP}?fnId=f&stepId=step`, replay, `${APP}?fnId=f&stepId=step`],
  ['a planned step is named', `${APP}?fnId=f&stepId=step`, planned, `${APP}?fnId=f&stepId=a1`],
  ['so it is wherever the step stands', `${APP}?stepId=step&fnId=f`, planned, `${APP}?stepId=a1&fnId=f`],
  ['an address that names no step is given one', `${APP}?fnId=f`, replay, `${APP}?fnId=f&stepId=step`],
  ['a step that only ends as another does is no other', `${APP}?fnId=f&stepId=xa1`, planned, `${APP}?fnId=f&stepId=a1`],
])('%s', (_, url, item, address) => {
  expect(callAddress(served(url), item)).toBe(address)
})
