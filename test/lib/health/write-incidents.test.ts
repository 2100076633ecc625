import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { readAlert } from '@/lib/health/alert'
import { alertOperators } from '@/lib/health/alert-operators'
import type { CheckResult } from '@/lib/health/check'
import { writeIncidents } from '@/lib/health/write-incidents'
import { operator } from '../../support/factories'
import { ownShopDatabase } from '../../support/shop'

ownShopDatabase()

const made = (subjects: string[]): CheckResult => ({
  ...{ id: 'schedules', kinds: ['late-schedule'], isMade: true },
  findings: subjects.map((subject) => ({ kind: 'late-schedule', subject, message: `${subject} is late.` })),
})
const events = async () => (await db().outboxEvent.findMany({ orderBy: { createdAt: 'asc' } })).map(({ id }) => id)

beforeEach(async () => {
  await db().incident.deleteMany()
  await db().outboxEvent.deleteMany()
})

describe('incidents', () => {
  it('open once and close once, though several checks come to the same at the same time', async () => {
    const opened = await Promise.all([1, 2, 3].map(() => writeIncidents([made(['a'])])))
    expect(opened.reduce((sum, { opened: n }) => sum + n, 0)).toBe(1)
    const { id } = await db().incident.findFirstOrThrow()
    const closed = await Promise.all([1, 2, 3].map(() => writeIncidents([made([])])))
    expect(closed.reduce((sum, { closed: n }) => sum + n, 0)).toBe(1)
    expect(await events()).toEqual([`incident/${id}/opened`, `incident/${id}/closed`])
  })

  it('open anew, as another one, when the same comes again', async () => {
    for (const subjects of [['a'], [], ['a']]) await writeIncidents([made(subjects)])
    expect(await db().incident.count()).toBe(2)
    expect(await db().incident.count({ where: { closedAt: null } })).toBe(1)
  })

  it('name the checks that could not be made', async () => {
    const away: CheckResult = { id: 'mail', kinds: ['mail-away'], isMade: false, reason: 'no answer' }
    expect(await writeIncidents([made([]), away])).toEqual({ opened: 0, closed: 0, notMade: ['mail'] })
  })

  it('have each operator written to once, whoever asks and however often', async () => {
    const people = [(await operator()).email, (await operator()).email]
    await writeIncidents([made(['a'])])
    const { id } = await db().incident.findFirstOrThrow()
    const alert = await readAlert(id, 'opened')
    if (!alert) throw new Error('the incident is there')
    expect(await alertOperators(alert)).toEqual({ letters: 2 })
    expect(await alertOperators(alert)).toEqual({ letters: 0 })
    expect(await db().incident.findFirst()).toMatchObject({ alertedAt: expect.any(Date), closeAlertedAt: null })
    const keys = people.map((to) => `email/incident/${id}/opened/${to}`)
    expect((await events()).filter((each) => each.startsWith('email/')).sort()).toEqual(keys.sort())
  })

  it('that are no longer kept are told to nobody', async () => {
    expect(await readAlert(randomUUID(), 'opened')).toBeNull()
  })
})
