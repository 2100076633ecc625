import { cron, eventType, Inngest, invoke } from 'inngest'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { functionsTriggeredBy, triggersOf } from '@/inngest/triggers'

const inngest = new Inngest({ id: 'app', isDev: true })
const handler = async () => {}
const placed = eventType('order/placed', { schema: z.object({ orderId: z.string() }) })

const byName = inngest.createFunction({ id: 'by-name', triggers: [{ event: 'order/placed', if: 'false' }] }, handler)
const byType = inngest.createFunction({ id: 'by-type', triggers: [placed] }, handler)
const single = inngest.createFunction({ id: 'single', triggers: placed }, handler)
const bySlash = inngest.createFunction({ id: 'by-slash', triggers: [{ event: 'order/*' }] }, handler)
const byDot = inngest.createFunction({ id: 'by-dot', triggers: [{ event: 'order/item.*' }] }, handler)
const twice = inngest.createFunction({ id: 'twice', triggers: [placed, { event: 'order/*' }] }, handler)
const byTime = inngest.createFunction({ id: 'by-time', triggers: [cron('TZ=Europe/Berlin 0 9 * * 1')] }, handler)
const byCall = inngest.createFunction({ id: 'by-call', triggers: [invoke(z.object({}))] }, handler)
const byNothing = inngest.createFunction({ id: 'by-nothing' }, handler)
const all = [byName, byType, single, bySlash, byDot, twice, byTime, byCall, byNothing]

describe('a function’s triggers', () => {
  it('are told however they were written', () => {
    expect(triggersOf(byName)).toEqual([{ event: 'order/placed' }])
    expect(triggersOf(byType)).toEqual([{ event: 'order/placed' }])
    expect(triggersOf(single)).toEqual([{ event: 'order/placed' }])
    expect(triggersOf(byTime)).toEqual([{ cron: 'TZ=Europe/Berlin 0 9 * * 1' }])
    expect(triggersOf(byNothing)).toEqual([])
  })
})

describe('the functions that an event starts', () => {
  it('are those of its name, each once, and those of a name that ends in a star', () => {
    expect(functionsTriggeredBy('order/placed', all)).toEqual(['by-name', 'by-type', 'single', 'by-slash', 'twice'])
    expect(functionsTriggeredBy('order/item.added', all)).toEqual(['by-slash', 'by-dot', 'twice'])
  })

  it('are none for a name that only begins alike', () => {
    expect(functionsTriggeredBy('orders/placed', all)).toEqual([])
    expect(functionsTriggeredBy('order', all)).toEqual([])
    expect(functionsTriggeredBy('', all)).toEqual([])
  })
})
