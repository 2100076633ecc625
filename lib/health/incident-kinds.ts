/** Everything that the health check tells apart, with its own words. */
export const incidentKinds = [
  'database-slow',
  'outbox-late',
  'outbox-parked',
  'stuck-run',
  'stuck-order',
  'failed-run-without-letter',
  'late-schedule',
  'mail-away',
  'payments-away',
] as const

export type IncidentKind = (typeof incidentKinds)[number]

export type KindWords = {
  title: string
  /** What it means. */
  means: string
  /** What an operator does about it. */
  toDo: string
}

/** What each kind of incident means, and what to do: for the console, and for letters. */
export const kindWords: Readonly<Record<IncidentKind, KindWords>> = {
  'database-slow': {
    title: 'The database is slow',
    means: 'A query that does nothing took more than a second, so everything that people wait for is slow.',
    toDo: 'Look for long queries and a full disk at the database, and for other programs that use its machine.',
  },
  'outbox-late': {
    title: 'Events are not sent',
    means:
      'Events have waited in the outbox for more than five minutes: the server can’t be reached, or refuses our key.',
    toDo: 'See that the server runs and that the event key is right. They go out by themselves then; none is lost.',
  },
  'outbox-parked': {
    title: 'An event was refused',
    means: 'The server has refused an event by itself, so what it should start was not started.',
    toDo: 'Its reason stands in the console, at Refused events. Mend the cause and send it again there, or discard it.',
  },
  'stuck-run': {
    title: 'Runs are stuck',
    means: 'Runs of a function have had no news for longer than they could need.',
    toDo: 'See whether the function is paused or the app can’t keep up; else cancel the run, or run it again.',
  },
  'stuck-order': {
    title: 'Orders are stuck',
    means: 'Orders have neither been confirmed nor ended in the time that they have. Their settlement was asked for.',
    toDo: 'If they stay, look at the runs of settle-order and at its dead letters: they say what keeps them.',
  },
  'failed-run-without-letter': {
    title: 'A failed run has no dead letter',
    means: 'Runs have failed for good, and nobody has been given them to decide about.',
    toDo: 'Look at why record-dead-letter failed, and run it again. It counts as over a week after the failure.',
  },
  'late-schedule': {
    title: 'A schedule is late',
    means: 'The time of a schedule has come, and its work was not done.',
    toDo: 'See that its function is served and not paused, and look at its latest run. The next tick makes up for it.',
  },
  'mail-away': {
    title: 'No letters can be sent',
    means: 'The mail provider can’t be reached, fails, or refuses our key. Letters are tried again for two hours.',
    toDo: 'Look at the provider’s status page and at RESEND_API_KEY; afterwards replay the dead letters of send-email.',
  },
  'payments-away': {
    title: 'No payments can be taken',
    means: 'The payment provider can’t be reached, fails, or refuses our key. Charges are tried again for two hours.',
    toDo: 'Look at the provider’s status page and at STRIPE_SECRET_KEY; afterwards replay the dead letters of orders.',
  },
}

/** The words of a kind; those of a kind that this version does not know are its name. */
export function wordsOfKind(kind: string): KindWords {
  const known = kindWords[kind as IncidentKind]
  return known ?? { title: kind, means: 'An earlier version has opened this.', toDo: 'It closes with the next check.' }
}
