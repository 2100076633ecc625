import type { MissedSlotPolicy, Rhythm } from './slots'

/** For whom a slot is: each account for itself, or one for all. */
export type ScheduleScope = 'account' | 'global'

/** Something that happens again and again. */
export type Schedule = {
  /** Also the id of the function that does it. */
  id: string
  /** When it happens, as people say it. */
  words: string
  /** When the function looks whether a slot has come. It carries its `TZ=`. */
  cron: string
  rhythm: Rhythm
  /** Of a schedule for all; one for each account goes by that account's zone. */
  timeZone: string
  scope: ScheduleScope
  missedSlots: MissedSlotPolicy
  /** Who is asked when it does not happen. */
  owner: 'reports' | 'operations' | 'payments'
}

/** The scope of a schedule's slots where they are not an account's. */
export const GLOBAL_SCOPE = 'global'

/** A tick may come late by so much before a slot counts as missed. */
export const SLOT_GRACE_MS = 15 * 60_000
