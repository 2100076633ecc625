import { describe, expect, it } from 'vitest'
import { businessRecordOf, recordsOfText } from '@/lib/runs/business-record'

describe('the business record of an event', () => {
  it.each([
    ['order/placed', { orderId: '1042', total: 5 }, 'order/1042'],
    ['order/placed', { userId: 'u1', orderId: '1042' }, 'order/1042'],
    ['user/created', { userId: 'u1', email: 'a@b.test' }, 'user/u1'],
    ['image/uploaded', { imageId: 'i1', accountId: 'a1' }, 'image/i1'],
    ['report/scheduled', { accountId: 'a1', type: 'daily' }, 'account/a1'],
    ['email/requested', { key: 'welcome/u1', to: 'a@b.test' }, 'letter/welcome/u1'],
    ['email/requested', { to: 'a@b.test' }, null],
    ['inngest/function.failed', { run_id: '01J', function_id: 'f' }, 'run/01J'],
    ['order/placed', { orderId: 7 }, null],
    ['order/placed', {}, null],
    ['order/placed', null, null],
    ['order/placed', 'text', null],
    ['order/placed', undefined, null],
  ])('%s %j is %s', (name, data, record) => expect(businessRecordOf({ name, data })).toBe(record))

  it('is text that PostgreSQL takes, and short', () => {
    const record = businessRecordOf({ name: 'x', data: { orderId: `\u0000\ud83d${'😀'.repeat(500)}` } })
    expect(record).toHaveLength(200)
    expect(record?.isWellFormed()).toBe(true)
    expect(record).not.toContain('\u0000')
  })
})

describe('what somebody types to find a record', () => {
  it('is the record, or the id of one of any kind', () => {
    expect(recordsOfText('order/1042')).toEqual(['order/1042'])
    expect(recordsOfText('1042')).toContain('order/1042')
    expect(recordsOfText('1042')).toContain('user/1042')
  })
})
