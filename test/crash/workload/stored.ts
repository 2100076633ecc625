import type pg from 'pg'
import { withDatabase } from '../../support/with-database'
import type { Blow } from '../blows'
import type { CrashWorld } from '../world'
import { readExecutions } from './executions'
import type { FunctionId } from './expected'
import type { Evidence } from './judge'

/** One time that the engine has stored a step's answer. */
export type Stored = {
  runId: string
  step: string
  memo: string
  /** Milliseconds of the machine's clock, a moment before the commit. */
  at: number
  epoch: number
  /** The database session through which it was written. */
  session: string
}

/** A run of the workload as it stands in the engine's tables. */
export type WorkloadRun = {
  id: string
  functionId: FunctionId | 'child'
  /** The id by which its event was sent. */
  eventId: string
  parentRunId: string | null
  status: string
  output: string | null
  error: string | null
  steps: { name: string; status: string; memo: string | null }[]
}

/**
 * A witness in the database: each answer that a commit stores is noted by that very commit, with its time, its epoch and
 * its session. The engine knows nothing of it. A second note for a step is an answer that was stored over another one.
 */
export async function installWitness(db: pg.Client): Promise<void> {
  await db.query(`
    CREATE SCHEMA crash;
    CREATE TABLE crash.stored (
      run_id text NOT NULL, step text NOT NULL, memo text NOT NULL,
      at timestamptz NOT NULL DEFAULT clock_timestamp(),
      epoch int NOT NULL,
      session text NOT NULL
    );
    CREATE FUNCTION crash.note_stored() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO crash.stored (run_id, step, memo, epoch, session)
      SELECT NEW.run_id, NEW.name, NEW.memo, (SELECT epoch::int FROM engine.lead),
        pid || ' of ' || backend_start
      FROM pg_stat_get_activity(pg_backend_pid());
      RETURN NULL;
    END $$;
    CREATE TRIGGER note_stored AFTER INSERT OR UPDATE ON engine.step
      FOR EACH ROW WHEN (NEW.status = 'done') EXECUTE FUNCTION crash.note_stored();
  `)
}

/** All that was seen of the workload. */
export function gather({ databaseUrl, executionsFile }: CrashWorld, taken: string[], blows: Blow[]): Promise<Evidence> {
  return withDatabase(databaseUrl, async (db) => ({
    ...{ taken, blows, executions: readExecutions(executionsFile) },
    runs: await readRuns(db),
    stored: await readStored(db),
    leftovers: await readLeftovers(db),
  }))
}

/** What the witness has noted of the workload's steps, in the order of the notes. */
async function readStored(db: pg.Client): Promise<Stored[]> {
  const { rows } = await db.query<Stored>(`
    SELECT stored.run_id AS "runId", step, memo, epoch, session,
      (extract(epoch FROM at) * 1000)::float8 AS at
    FROM crash.stored JOIN engine.run ON run.id = stored.run_id
    WHERE function_id LIKE 'workload-%' ORDER BY at`)
  return rows
}

async function readRuns(db: pg.Client): Promise<WorkloadRun[]> {
  const { rows } = await db.query<WorkloadRun>(`
    SELECT run.id, replace(function_id, 'workload-', '') AS "functionId", event.public_id AS "eventId",
      parent_run_id AS "parentRunId", run.status, output, error, coalesce(own.steps, '[]') AS steps
    FROM engine.run JOIN engine.event ON event.id = run.event_id
    LEFT JOIN LATERAL (
      SELECT json_agg(json_build_object('name', name, 'status', status, 'memo', memo)) AS steps
      FROM engine.step WHERE run_id = run.id
    ) AS own ON true
    WHERE function_id LIKE 'workload-%'`)
  return rows
}

/** What the engine would still do, or wait for. */
async function readLeftovers(db: pg.Client): Promise<string[]> {
  const { rows } = await db.query<{ leftover: string }>(`
    SELECT concat_ws(' ', 'item', kind, run_id, step_id) AS leftover FROM engine.item
    UNION ALL SELECT concat_ws(' ', 'wait', kind, run_id, step_id) FROM engine.wait`)
  return rows.map(({ leftover }) => leftover)
}
