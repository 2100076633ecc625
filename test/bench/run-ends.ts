import pg from 'pg'

/** Tells when the end of a run is on disk. */
export type RunEnds = {
  /** @returns `performance.now()` of when the commit was heard of that ended the run of an event. */
  endOf: (eventId: string) => Promise<number>
  close: () => Promise<void>
}

/**
 * Has the database itself tell of each run that ends, by a trigger: it tells at the commit, and to ask again and again
 * would take the time of what is measured.
 */
export async function watchEnds(databaseUrl: string): Promise<RunEnds> {
  const client = new pg.Client(databaseUrl)
  const ended = new Map<string, number>()
  const waiting = new Map<string, (at: number) => void>()
  // Where the server ends first, something else went wrong before: that is what is to be told.
  client.on('error', () => {})
  client.on('notification', ({ payload: eventId = '' }) => {
    const at = performance.now()
    ended.set(eventId, at)
    waiting.get(eventId)?.(at)
  })
  await client.connect()
  await client.query(TELL)
  return {
    endOf: (eventId) => {
      const at = ended.get(eventId)
      return at === undefined ? new Promise((resolve) => waiting.set(eventId, resolve)) : Promise.resolve(at)
    },
    close: () => client.end(),
  }
}

const TELL = `
  CREATE OR REPLACE FUNCTION public.tell_end() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM pg_notify('run_ended', NEW.event_id);
    RETURN NULL;
  END $$;
  CREATE OR REPLACE TRIGGER tell_end AFTER UPDATE ON engine.run FOR EACH ROW
    WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL) EXECUTE FUNCTION public.tell_end();
  LISTEN run_ended`
