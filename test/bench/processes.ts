import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** A clock tick of /proc, in milliseconds. */
const TICK_MS = 1_000 / Number(spawnSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }).stdout || 100)

export type Usage = { cpuMs: number; rssMb: number }

/** What these processes have used so far, and hold now. */
export function usageOf(pids: number[]): Usage {
  const total = { cpuMs: 0, rssMb: 0 }
  for (const pid of pids) {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
      total.cpuMs += (Number(fields[11]) + Number(fields[12])) * TICK_MS
      total.rssMb += (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4_096) / 1_048_576
    } catch {
      // It has ended since it was listed.
    }
  }
  return total
}

/** The most memory that a process has held at once since its start, in MB; nothing of one that has ended. */
export function peakMbOf(pid: number): number {
  try {
    const [, kb] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kb) / 1_024
  } catch {
    return 0
  }
}

/** A process and all that it has started. */
export function familyOf(pid: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
      parents.set(Number(name), Number(fields[1]))
    } catch {
      // As above.
    }
  }
  const family = [pid]
  for (let i = 0; i < family.length; i++)
    for (const [child, parent] of parents) if (parent === family[i]) family.push(child)
  return family
}
