import type { Inngest, InngestFunction } from 'inngest'
import type { Functions, RunView } from '../support/engine'
import type { SdkApp, SdkAppOptions } from '../support/sdk-app'

/** What a case may do with the server that drives it. */
export type World = {
  /** Notes of the case's own functions, in the order in which their code ran. */
  notes: string[]
  /** An event name that only this case uses. */
  name: (short: string) => string
  send: (short: string, data?: Record<string, unknown>, more?: { id?: string; ts?: number }) => Promise<string>
  /** The runs that an event started, once all of them have ended and there are so many. */
  ended: (eventId: string, count?: number, read?: World['runsOf']) => Promise<RunView[]>
  /** The runs that an event started, as they stand. */
  runsOf: (eventId: string) => Promise<RunView[]>
  /** Waits until the notes are these. */
  noted: (...notes: string[]) => Promise<void>
  /** The same, in whatever order they came. */
  notedInAnyOrder: (...notes: string[]) => Promise<void>
  fetch: (path: string, init?: RequestInit) => Promise<Response>
  eventUrl: string
  /** Opens and registers an app of the case's own; it is closed when the case is over. */
  openApp: (functions: Functions, options?: Pick<SdkAppOptions, 'port'>) => Promise<SdkApp>
}

/** Where a case holds. `ours` cases state a deliberate difference from Inngest's server, with its reason. */
export type Tag = 'portable' | { ours: string }

export type Case = {
  title: string
  tag: Tag
  /** Makes the case's functions; ids must be its own. */
  functions: (inngest: Inngest, world: World) => InngestFunction.Any[]
  run: (world: World) => Promise<void>
}

/** The case's name as a part of ids and event names. */
export function slugOf({ title }: Pick<Case, 'title'>): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)
}
