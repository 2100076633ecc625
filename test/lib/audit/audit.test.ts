import { beforeEach, describe, expect, it } from 'vitest'
import { listActs } from '@/lib/audit/list-acts'
import { recordAct, recordActs } from '@/lib/audit/record-act'
import { db } from '@/lib/db'
import { ownApp } from '../../support/app'
import { operator } from '../../support/factories'

ownApp()
let olga: Awaited<ReturnType<typeof operator>>

beforeEach(async () => {
  olga = await operator()
})

describe('an act of an operator', () => {
  it('is written down by who, what, when and on what, without the secrets in its details', async () => {
    const details = { reason: 'Bearer abcdefghijklmnop is old', password: 'open sesame' }
    await recordAct(db(), olga, { act: 'discard', subject: 'dead-letter/1', details })
    const { entries } = await listActs(olga)
    expect(entries).toMatchObject([
      {
        ...{ actorId: olga.userId, actorEmail: olga.email, act: 'discard', subject: 'dead-letter/1' },
        details: { reason: 'Bearer [redacted] is old', password: '[redacted]' },
      },
    ])
    expect(Date.now() - (entries[0]?.at.getTime() ?? 0)).toBeLessThan(60_000)
  })

  it('is not there when the act itself has failed', async () => {
    const failing = db().$transaction(async (tx) => {
      await recordAct(tx, olga, { act: 'replay', subject: 'dead-letter/1' })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect((await listActs(olga)).entries).toEqual([])
  })

  it('is told newest first, page by page, each once', async () => {
    const done = Array.from({ length: 120 }, (_, n) => ({ act: 'replay' as const, subject: `dead-letter/${n}` }))
    await recordActs(db(), olga, done)
    const seen: string[] = []
    let cursor: string | null | undefined
    do {
      const page = await listActs(olga, cursor ? { cursor } : {})
      seen.push(...page.entries.map(({ subject }) => subject))
      cursor = page.nextCursor
    } while (cursor)
    expect(seen).toEqual(done.map(({ subject }) => subject).reverse())
  })
})
