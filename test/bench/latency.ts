import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { median, quantile } from './figures'
import { EVENT_KEY, type Stage } from './stage'

const EVENTS = 200
const EVERY_MS = 50

export type Latency = { p50Ms: number; p99Ms: number; fsyncMs: number }

/** From sending an event to the first line of its function, at 20 events a second on an idle machine. */
export async function measureLatency({ engineUrl, counts }: Stage, dir: string): Promise<Latency> {
  for (let n = 0; n < EVENTS; n++) {
    const body = JSON.stringify({ name: 'bench/latency', data: { sentAt: Date.now() } })
    void fetch(`${engineUrl}/e/${EVENT_KEY}`, { method: 'POST', body }).then((response) => response.body?.cancel())
    await sleep(EVERY_MS)
  }
  await sleep(500)
  const { firstLines } = await counts()
  if (firstLines.length !== EVENTS) throw new Error(`${firstLines.length} of ${EVENTS} events arrived`)
  // The first ones also warm the code up.
  const warm = firstLines.slice(20)
  return { p50Ms: median(warm), p99Ms: quantile(warm, 0.99), fsyncMs: fsyncTime(dir) }
}

/** What one forced write costs on this disk, in milliseconds: each commit pays it. */
function fsyncTime(dir: string): number {
  const file = openSync(join(dir, 'fsync-probe'), 'w')
  const times = Array.from({ length: 50 }, () => {
    const startedAt = performance.now()
    writeSync(file, 'x'.repeat(8_192))
    fdatasyncSync(file)
    return performance.now() - startedAt
  })
  closeSync(file)
  return median(times)
}
