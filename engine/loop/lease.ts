/** The time limits of a lead, in real milliseconds. */
export type Lease = {
  /** How often the leader shows a sign of life. */
  beatMs: number
  /** How long after its last sign it still calls apps. */
  trustMs: number
  /** How long without one until a standby takes over. Longer than `trustMs`, so that no step is called for by two. */
  takeOverMs: number
  /** How often a standby looks. */
  pollMs: number
}

/** A takeover is done within 10 s: these 5, and what it takes to read what is due. */
export const LEASE: Lease = { beatMs: 1_000, trustMs: 4_000, takeOverMs: 5_000, pollMs: 250 }
