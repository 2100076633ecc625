import { beforeEach, describe, expect, it } from 'vitest'
import { listActs } from '@/lib/audit/list-acts'
import { NotAllowedError } from '@/lib/auth/actor'
import { db } from '@/lib/db'
import { discardDeadLetter } from '@/lib/dead-letters/discard-dead-letter'
import {
  countDeadLetters,
  countOpenDeadLetters,
  findDeadLetter,
  findGroup,
  listGroups,
} from '@/lib/dead-letters/list-dead-letters'
import { recordDeadLetter } from '@/lib/dead-letters/record-dead-letter'
import { replayDeadLetter, replayGroup } from '@/lib/dead-letters/replay-dead-letters'
import { findLetter, listLetters } from '@/lib/emails/list-letters'
import { readMailbox } from '@/lib/emails/read-mailbox'
import { listFunctionStates, pauseFunction, resumeFunction } from '@/lib/functions/hold-function'
import { countOpenIncidents, listIncidents } from '@/lib/health/incidents'
import { countRefusedEvents, discardEvent, listRefusedEvents, sendEventAgain } from '@/lib/outbox/refused-events'
import { readOverview } from '@/lib/overview/read-overview'
import { closeDiscrepancy, countOpenDiscrepancies, listDiscrepancies } from '@/lib/reconciliation/discrepancies'
import { cancelRun } from '@/lib/runs/cancel-run'
import { countRuns } from '@/lib/runs/count-runs'
import { findOldestWaiting } from '@/lib/runs/find-oldest-waiting'
import { findRun, findStepValues } from '@/lib/runs/get-run'
import { listRuns } from '@/lib/runs/list-runs'
import { measureFunctions } from '@/lib/runs/measure-functions'
import { readThroughput } from '@/lib/runs/read-throughput'
import { runAgain } from '@/lib/runs/run-again'
import { skipSleep } from '@/lib/runs/skip-sleep'
import { listSlots } from '@/lib/schedules/list-slots'
import { readSchedules } from '@/lib/schedules/read-schedules'
import { runScheduleNow } from '@/lib/schedules/run-now'
import { listTimers, moveClock } from '@/lib/time/engine-clock'
import { ownApp } from '../support/app'

ownApp()
const owner = { userId: 'u', email: 'owner@example.com', isOperator: false }
let id: string

beforeEach(async () => {
  const failed = { runId: 'r1', functionId: 'f', failedAt: new Date(), error: new Error('no'), events: [] }
  id = (await recordDeadLetter(failed)).deadLetterId
})

const runNow = { scheduleId: 's', makeAgain: false, withLetter: false, requestId: 'r' }

/** What only operators may do and see. */
const verbs: Record<string, (letterId: string) => unknown> = {
  cancelRun: () => cancelRun(owner, 'r1'),
  skipSleep: () => skipSleep(owner, { runId: 'r1', stepId: 's' }),
  runAgain: () => runAgain(owner, { runId: 'r1' }),
  pauseFunction: () => pauseFunction(owner, 'f'),
  resumeFunction: () => resumeFunction(owner, 'f'),
  listFunctionStates: () => listFunctionStates(owner),
  replayDeadLetter: (letterId) => replayDeadLetter(owner, letterId),
  replayGroup: (letterId) => replayGroup(owner, letterId),
  discardDeadLetter: (letterId) => discardDeadLetter(owner, letterId, 'no need'),
  moveClock: () => moveClock(owner, '1h'),
  listTimers: () => listTimers(owner),
  listGroups: () => listGroups(owner, 'open'),
  countDeadLetters: () => countDeadLetters(owner),
  countOpenDeadLetters: () => countOpenDeadLetters(owner),
  findGroup: (letterId) => findGroup(owner, letterId, { status: 'open' }),
  findDeadLetter: (letterId) => findDeadLetter(owner, letterId),
  listActs: () => listActs(owner),
  listIncidents: () => listIncidents(owner),
  countOpenIncidents: () => countOpenIncidents(owner),
  listDiscrepancies: () => listDiscrepancies(owner),
  closeDiscrepancy: () => closeDiscrepancy(owner, 'd', 'seen to'),
  countOpenDiscrepancies: () => countOpenDiscrepancies(owner),
  countRefusedEvents: () => countRefusedEvents(owner),
  listRefusedEvents: () => listRefusedEvents(owner),
  sendEventAgain: () => sendEventAgain(owner, 'e', new Date()),
  discardEvent: () => discardEvent(owner, 'e', 'of no use'),
  runScheduleNow: () => runScheduleNow(owner, [], runNow, new Date()),
  readSchedules: () => readSchedules(owner, [], new Date()),
  listSlots: () => listSlots(owner, 'daily-report'),
  readOverview: () => readOverview(owner, { functionIds: [], schedules: [], range: 'hour' }, new Date()),
  readThroughput: () => readThroughput(owner, 'hour', new Date()),
  findOldestWaiting: () => findOldestWaiting(owner, new Date()),
  listRuns: () => listRuns(owner, {}, new Date()),
  findRun: () => findRun(owner, 'r1'),
  findStepValues: () => findStepValues(owner, 'r1', 's'),
  countRuns: () => countRuns(owner),
  measureFunctions: () => measureFunctions(owner, ['f']),
  listLetters: () => listLetters(owner),
  findLetter: () => findLetter(owner, 'l'),
  readMailbox: () => readMailbox(owner),
}

describe('somebody who is no operator', () => {
  it('is refused by every verb and every query of the console, and changes nothing', async () => {
    const letter = () => db().deadLetter.findUniqueOrThrow({ where: { id } })
    const before = await letter()
    for (const [name, verb] of Object.entries(verbs))
      await expect((async () => verb(id))(), name).rejects.toThrow(NotAllowedError)
    expect(await letter()).toEqual(before)
    expect(await db().auditEntry.count()).toBe(0)
  })
})
