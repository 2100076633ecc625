import { setTimeout as sleep } from 'node:timers/promises'
import type { RunView } from '../support/engine'
import { type SdkApp, startSdkApp } from '../support/sdk-app'
import { type Case, slugOf, type World } from './contract'
import type { ContractServer } from './server'

const LIMIT_MS = 20_000
/** A dozen cases that ask fifty times a second each would keep the server busier than what they test. */
const ASK_EVERY_MS = { first: 20, most: 250 }

/** The world of one case on a server. */
export function worldOf(test: Case, server: ContractServer): World & { close: () => Promise<void> } {
  const opened: SdkApp[] = []
  const prefix = slugOf(test)
  // Function ids and event names alike: no slash, which has a meaning in wildcards.
  const name = (short: string) => `${prefix}-${short}`
  const eventUrl = `${server.url}/e/${server.eventKey ?? 'test'}`
  const request = (path: string, init: RequestInit = {}) =>
    fetch(server.url + path, { ...init, headers: { authorization: server.authorization, ...init.headers } })
  const runsOf = async (eventId: string) =>
    ((await (await request(`/v1/events/${eventId}/runs`)).json()) as { data: RunView[] | null }).data ?? []
  const notes: string[] = []
  // Not the test runner's own waiting: cases go on side by side, and it would not know which of them it is in.
  const untilNotes = async (wanted: string[], read: () => string[]) => {
    const deadline = Date.now() + LIMIT_MS
    while (JSON.stringify(read()) !== JSON.stringify(wanted)) {
      if (Date.now() > deadline) throw new Error(`after ${LIMIT_MS} ms: ${JSON.stringify(notes)}`)
      await sleep(20)
    }
  }
  return {
    notes,
    name,
    noted: (...wanted) => untilNotes(wanted, () => notes),
    notedInAnyOrder: (...wanted) => untilNotes(wanted.toSorted(), () => notes.toSorted()),
    openApp: async (functions, options = {}) => {
      const app = await startSdkApp(server, functions, { id: name('app'), ...options })
      opened.push(app)
      await app.register()
      return app
    },
    close: async () => {
      await Promise.allSettled(opened.map((app) => app.close()))
    },
    eventUrl,
    fetch: request,
    runsOf,
    send: async (short, data = {}, more = {}) => {
      const event = { name: nameOfEvent(name, short), data, ...more }
      const response = await fetch(eventUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(event),
      })
      const { ids, error } = (await response.json()) as { ids: string[]; error?: string }
      if (error || !ids[0]) throw new Error(error ?? 'no id')
      return ids[0]
    },
    ended: async (eventId, count = 1, read = runsOf) => {
      const deadline = Date.now() + LIMIT_MS
      for (let pauseMs = ASK_EVERY_MS.first; ; pauseMs = Math.min(pauseMs * 1.5, ASK_EVERY_MS.most)) {
        const runs = await read(eventId)
        if (runs.length === count && runs.every(({ status }) => status !== 'Running')) return runs
        if (Date.now() > deadline) throw new Error(`after ${LIMIT_MS} ms: ${JSON.stringify(runs)}`)
        await sleep(pauseMs)
      }
    },
  }
}

/** `room/a` is an event below the name `room`. */
function nameOfEvent(name: World['name'], short: string): string {
  const [room = '', ...rest] = short.split('/')
  return [name(room), ...rest].join('/')
}
