import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CheckResult, Finding } from '@/lib/health/check'
import { decideIncidents, type OpenIncident } from '@/lib/health/decide-incidents'

const late = (subject: string, message = 'late'): Finding => ({ kind: 'late-schedule', subject, message })
const made = (findings: Finding[], kinds = ['late-schedule']): CheckResult => ({
  ...{ id: 'schedules', kinds, isMade: true, findings },
})
const open = (id: string, subject: string, kind = 'late-schedule'): OpenIncident => ({
  ...{ id, kind, subject, message: 'late' },
})

describe('what the checks make of the incidents', () => {
  it('opens what is found and is not open', () => {
    const changes = decideIncidents([open('1', 'a')], [made([late('a'), late('b')])])
    expect(changes).toEqual({ opened: [late('b')], retold: [], closed: [] })
  })

  it('closes what is open and no longer found', () => {
    expect(decideIncidents([open('1', 'a')], [made([])])).toEqual({ opened: [], retold: [], closed: ['1'] })
  })

  it('closes nothing of a check that could not be made, nor of one that was not', () => {
    const away: CheckResult = { id: 'schedules', kinds: ['late-schedule'], isMade: false, reason: 'no answer' }
    expect(decideIncidents([open('1', 'a')], [away])).toEqual({ opened: [], retold: [], closed: [] })
    expect(decideIncidents([open('1', 'a')], [])).toEqual({ opened: [], retold: [], closed: [] })
    expect(decideIncidents([open('1', 'a', 'mail-away')], [made([])]).closed).toEqual([])
  })

  it('tells what is open in the words of today', () => {
    const changes = decideIncidents([open('1', 'a')], [made([late('a', 'later')])])
    expect(changes).toEqual({ opened: [], retold: [{ id: '1', message: 'later' }], closed: [] })
  })

  it('comes to rest: applied once, the same results change nothing more', () => {
    const subjects = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'))
    fc.assert(
      fc.property(subjects, subjects, fc.boolean(), (before, found, isMade) => {
        const incidents = before.map((subject) => open(subject, subject))
        const result: CheckResult = isMade
          ? made(found.map((subject) => late(subject)))
          : { id: 'schedules', kinds: ['late-schedule'], isMade: false, reason: 'no answer' }
        const { opened, closed } = decideIncidents(incidents, [result])
        const after = [
          ...incidents.filter(({ id }) => !closed.includes(id)),
          ...opened.map(({ subject }) => open(subject, subject)),
        ]
        expect(decideIncidents(after, [result])).toEqual({ opened: [], retold: [], closed: [] })
        expect(after.map(({ subject }) => subject).sort()).toEqual([...(isMade ? found : before)].sort())
      }),
    )
  })
})
