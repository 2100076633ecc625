import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { recordDeadLetter } from '@/lib/dead-letters/record-dead-letter'
import { replayDeadLetter } from '@/lib/dead-letters/replay-dead-letters'
import { confirmEnd } from '@/lib/runs/confirm-end'
import { keepLedger } from '@/lib/runs/upkeep'
import { ownApp } from '../../support/app'
import { operator } from '../../support/factories'

ownApp()
const MINUTE_MS = 60_000
let id: string

beforeEach(async () => {
  const failed = { runId: 'r1', functionId: 'f', failedAt: new Date(), error: new Error('no'), events: [] }
  id = (await recordDeadLetter(failed)).deadLetterId
  await replayDeadLetter(await operator(), id)
})

const letter = () => db().deadLetter.findUniqueOrThrow({ where: { id }, include: { replays: true } })
const later = (minutes: number) => keepLedger(new Date(Date.now() + minutes * MINUTE_MS))

/** The run that performs the replay has ended, and nobody has said so but the server. */
async function endReplayRun(status: 'completed' | 'failed' | 'cancelled') {
  const [replay] = (await letter()).replays
  const events = [{ id: `replay/${replay?.id}`, name: 'dead-letter/replay-requested', data: {} }]
  await confirmEnd({ runId: 'r2', functionId: 'replay-dead-letter', status, endedAt: new Date(), events })
}

describe('a letter whose replay has ended unheard', () => {
  it.each(['failed', 'cancelled'] as const)('is open again after a while: %s', async (status) => {
    await endReplayRun(status)
    await later(5)
    expect(await letter()).toMatchObject({ status: 'replaying' })
    await later(11)
    expect(await letter()).toMatchObject({
      status: 'open',
      replays: [{ failedAgain: true, endedAt: expect.any(Date) }],
    })
  })

  it('is open again when the server has refused what asked for it', async () => {
    const [replay] = (await letter()).replays
    await db().outboxEvent.update({ where: { id: `replay/${replay?.id}` }, data: { status: 'parked' } })
    await later(0)
    expect(await letter()).toMatchObject({ status: 'open', replays: [{ failedAgain: true }] })
  })

  it('is left alone while the replay is under way', async () => {
    await later(11)
    expect(await letter()).toMatchObject({ status: 'replaying', replays: [{ endedAt: null }] })
  })
})
