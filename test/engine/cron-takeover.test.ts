import { beforeEach, describe, expect, it } from 'vitest'
import type { Functions, TestEngine } from '../support/engine'
import { HANGING, IMPATIENT, rivalEngines } from '../support/rival-engines'

let ran: string[]

const ticking: Functions = (inngest) => [
  inngest.createFunction(
    { id: 'hourly', triggers: [{ cron: '0 * * * *' }] },
    async ({ event }) => void ran.push(`${event.data.scheduledAt}`),
  ),
]

const { query, start } = rivalEngines(ticking)

beforeEach(() => {
  ran = []
})

/** The first engine, at half past an hour of a day to come. */
async function startFirst(more: object = {}): Promise<TestEngine> {
  const first = await start({ lease: HANGING, ...more })
  await first.fetch('/dev/clock', { method: 'POST', body: '{"to":"2030-06-01T12:30:00Z"}' })
  ran = []
  await query('DELETE FROM engine.event')
  return first
}

const storedTicks = async () =>
  (await query(`SELECT public_id FROM engine.event WHERE name = 'inngest/scheduled.timer'`)).rowCount

describe('a schedule under two engines', () => {
  it('fires once for a tick that stands as due in the memory of both', async () => {
    let lost = ''
    const first = await startFirst({ onLost: (reason: string) => (lost = reason) })
    const next = await start({ lease: IMPATIENT })
    await next.move('1h')
    first.engine.clock.offsetMs = next.engine.clock.offsetMs
    first.engine.dispatcher.pump()
    await expect.poll(() => lost).toBe('another engine has taken over')
    await next.move()
    expect([ran, await storedTicks()]).toEqual([['2030-06-01T13:00:00Z'], 1])
  })

  it('fires once for a tick that the one has fired before the other took over', async () => {
    const first = await startFirst()
    await first.move('1h')
    expect(ran).toEqual(['2030-06-01T13:00:00Z'])
    const next = await start({ lease: IMPATIENT })
    await next.move()
    expect([ran, await storedTicks()]).toEqual([['2030-06-01T13:00:00Z'], 1])
    await next.move('1h')
    expect(ran).toEqual(['2030-06-01T13:00:00Z', '2030-06-01T14:00:00Z'])
  })

  it('fires for a tick that the one had not fired when the other took over', async () => {
    const first = await startFirst()
    // As if it were killed a moment before.
    first.engine.dispatcher.stop()
    await query(`UPDATE engine.meta SET value = $1 WHERE key = 'clock_offset_ms'`, [
      String(Date.UTC(2030, 5, 1, 13, 15) - Date.now()),
    ])
    const next = await start({ lease: IMPATIENT })
    await next.move()
    expect([ran, await storedTicks()]).toEqual([['2030-06-01T13:00:00Z'], 1])
  })
})
