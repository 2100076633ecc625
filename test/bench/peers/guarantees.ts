/** What each of them promises: a faster one that promises less is no faster. */
export const guarantees = {
  backroom:
    'an event is forced to disk before it is answered; each step is forced to disk before the next begins, and is never done again; a run whose process dies goes on from its last step at once',
  engineAlone: 'the same; an app that only answers stands in for the SDK’s',
  pgBoss:
    'a job is forced to disk before it is answered; it has no steps, so that five jobs stand for them, of which each sends the next; a job whose process dies is done again as a whole when its time is over (15 minutes by default)',
}

/** @param durability what the Redis says of itself. */
export function ofBullMq(durability: string): string {
  const promise = 'a job whose process dies is done again after 30 s or more; its own data tells it how far it had come'
  return `${promise}; this Redis keeps jobs by ${durability}${losses[durability] ?? ''}`
}

const losses: Record<string, string> = {
  'snapshots only': ', so that a crash of it loses the jobs of the last minutes',
  'appendfsync everysec': ', so that a crash of its machine loses the jobs of the last second',
  'appendfsync always': ': they are forced to disk before it answers',
}
