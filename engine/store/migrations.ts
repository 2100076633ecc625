/**
 * The engine's own tables, in a PostgreSQL schema of its own that it installs and migrates itself. Append only: a
 * migration that has landed is never edited. Values that came as JSON are kept as text in canonical form: they are
 * sent on as they are, never searched, and jsonb would refuse a NUL escape that JSON allows.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE engine.meta (key text PRIMARY KEY, value text NOT NULL);
  INSERT INTO engine.meta VALUES ('database_id', gen_random_uuid()::text), ('epoch', '0'), ('clock_offset_ms', '0');

  CREATE TABLE engine.app (
    id text PRIMARY KEY,
    url text NOT NULL,
    sdk text NOT NULL,
    checksum text NOT NULL,
    synced_at timestamptz NOT NULL
  );

  CREATE TABLE engine.function (
    id text PRIMARY KEY,
    app_id text NOT NULL,
    is_active bool NOT NULL,
    config text NOT NULL
  );

  CREATE TABLE engine.event (
    id text PRIMARY KEY,
    name text NOT NULL,
    public_id text NOT NULL,
    body text NOT NULL,
    ts timestamptz NOT NULL,
    received_at timestamptz NOT NULL
  );

  CREATE TABLE engine.run (
    id text PRIMARY KEY,
    function_id text NOT NULL,
    status text NOT NULL CHECK (status IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
    event_id text NOT NULL,
    created_at timestamptz NOT NULL,
    started_at timestamptz,
    ended_at timestamptz,
    output text,
    error text,
    version int,
    score float8 NOT NULL,
    limit_keys text NOT NULL,
    throttle_key text,
    parent_run_id text,
    parent_step_id text,
    CHECK ((ended_at IS NULL) = (status IN ('queued', 'running')))
  );
  CREATE INDEX run_event ON engine.run (event_id);
  CREATE INDEX run_active ON engine.run (function_id) WHERE ended_at IS NULL;

  CREATE TABLE engine.step (
    run_id text NOT NULL,
    id text NOT NULL,
    op text NOT NULL,
    name text NOT NULL,
    status text NOT NULL CHECK (status IN ('pending', 'done')),
    input text,
    memo text,
    place int,
    PRIMARY KEY (run_id, id),
    CHECK ((status = 'done') = (place IS NOT NULL AND memo IS NOT NULL))
  );

  CREATE TABLE engine.item (
    id text PRIMARY KEY,
    run_id text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('discovery', 'step', 'fetch', 'wake', 'start-timeout', 'finish-timeout')),
    step_id text NOT NULL,
    attempt int NOT NULL,
    due_at timestamptz NOT NULL,
    score float8 NOT NULL,
    resets int NOT NULL
  );
  CREATE INDEX item_due ON engine.item (due_at);
  CREATE INDEX item_run ON engine.item (run_id);

  CREATE TABLE engine.wait (
    run_id text NOT NULL,
    step_id text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('event', 'cancel')),
    event_name text NOT NULL,
    expression text,
    match_key text NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (run_id, step_id)
  );
  CREATE INDEX wait_event ON engine.wait (event_name, match_key);

  CREATE TABLE engine.claim (
    function_id text NOT NULL,
    key text NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (function_id, key)
  );

  CREATE TABLE engine.cron (
    function_id text NOT NULL,
    expression text NOT NULL,
    next_at timestamptz NOT NULL,
    PRIMARY KEY (function_id, expression)
  );

  CREATE TABLE engine.throttle (
    key text PRIMARY KEY,
    arrival_at timestamptz NOT NULL
  );
  `,
  `
  -- One waiter for each signal.
  CREATE TABLE engine.signal (
    name text PRIMARY KEY,
    run_id text NOT NULL,
    step_id text NOT NULL,
    expires_at timestamptz NOT NULL
  );

  CREATE TABLE engine.pause (function_id text PRIMARY KEY, paused_at timestamptz NOT NULL);

  CREATE TABLE engine.cancellation (
    id text PRIMARY KEY,
    function_id text NOT NULL,
    started_after timestamptz,
    started_before timestamptz NOT NULL,
    expression text,
    created_at timestamptz NOT NULL,
    seen_up_to text NOT NULL,
    cancelled int NOT NULL,
    is_done bool NOT NULL
  );
  `,
  `
  -- The row lock makes a new epoch wait for the commits of the one before it, and these see the new one.
  CREATE FUNCTION engine.hold_lead(held bigint) RETURNS boolean LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM FROM engine.meta WHERE key = 'epoch' AND value = held::text FOR SHARE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'another engine has taken over' USING ERRCODE = 'BR001';
    END IF;
    RETURN true;
  END $$;

  -- What has ended, by how it ended. Status is in neither index, nor in what they ask for: a run's first answer changes
  -- it, and would else write anew every index of the table.
  CREATE INDEX run_completed ON engine.run (function_id, ended_at) WHERE ended_at IS NOT NULL AND error IS NULL;
  CREATE INDEX run_failed ON engine.run (function_id, ended_at) WHERE ended_at IS NOT NULL AND error IS NOT NULL;
  CREATE INDEX event_received ON engine.event (received_at);
  CREATE INDEX claim_expires ON engine.claim (expires_at);
  `,
  `
  ALTER TABLE engine.run ADD COLUMN singleton_key text, ADD COLUMN batch_id text;
  CREATE UNIQUE INDEX run_singleton ON engine.run (singleton_key) WHERE singleton_key IS NOT NULL AND ended_at IS NULL;
  CREATE INDEX run_batch ON engine.run (batch_id) WHERE batch_id IS NOT NULL;

  -- A batch that has not started yet. Its events, and those of the run that it has become, stand in batch_event.
  CREATE TABLE engine.batch (
    id text PRIMARY KEY,
    function_id text NOT NULL,
    key text NOT NULL,
    due_at timestamptz NOT NULL
  );
  CREATE TABLE engine.batch_event (
    event_id text NOT NULL,
    function_id text NOT NULL,
    batch_id text NOT NULL,
    place int NOT NULL,
    PRIMARY KEY (event_id, function_id)
  );
  CREATE INDEX batch_event_batch ON engine.batch_event (batch_id);

  CREATE TABLE engine.pending_start (
    id text PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('debounce', 'idempotency', 'singleton', 'refusal')),
    function_id text NOT NULL,
    key text NOT NULL,
    event_id text NOT NULL,
    event_ts timestamptz NOT NULL,
    first_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    parent_run_id text,
    parent_step_id text
  );

  CREATE TABLE engine.rate_limit_start (
    id text PRIMARY KEY,
    key text NOT NULL,
    expires_at timestamptz NOT NULL
  );
  `,
  `
  -- The same event, sent again: found by the id that its sender gave it, which may be longer than an index takes.
  CREATE INDEX event_public ON engine.event (md5(public_id)) WHERE public_id <> id;
  `,
  `
  -- The name of the newest commit: whoever lost the connection in the middle of one finds here whether it was written.
  INSERT INTO engine.meta VALUES ('commit', '');
  CREATE FUNCTION engine.begin_commit(held bigint, commit_name text) RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM engine.hold_lead(held);
    UPDATE engine.meta SET value = commit_name WHERE key = 'commit';
  END $$;
  `,
  `
  CREATE INDEX rate_limit_start_expires ON engine.rate_limit_start (expires_at);
  `,
  `
  -- One row: the newest epoch, and the newest commit with the epoch that it was of, which only that one can be. A key is
  -- locked harder than the rest of its row: a new epoch waits for commits and removals, and these not for each other.
  CREATE TABLE engine.lead (
    epoch bigint PRIMARY KEY,
    held_by bigint NOT NULL,
    commit_name text NOT NULL,
    CONSTRAINT held_by_newest_epoch CHECK (held_by = epoch)
  );
  INSERT INTO engine.lead SELECT value::bigint, value::bigint, '' FROM engine.meta WHERE key = 'epoch';
  DELETE FROM engine.meta WHERE key IN ('epoch', 'commit');
  DROP FUNCTION engine.begin_commit;
  CREATE OR REPLACE FUNCTION engine.hold_lead(held bigint) RETURNS boolean LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM FROM engine.lead WHERE epoch = held FOR KEY SHARE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'another engine has taken over' USING ERRCODE = 'BR001';
    END IF;
    RETURN true;
  END $$;
  `,
]
