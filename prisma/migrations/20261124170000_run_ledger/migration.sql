-- CreateEnum
CREATE TYPE "run_status" AS ENUM ('queued', 'running', 'sleeping', 'waiting', 'retrying', 'completed', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "step_status" AS ENUM ('queued', 'running', 'sleeping', 'waiting', 'invoking', 'errored', 'completed', 'failed');

-- CreateTable
CREATE TABLE "Run" (
    "id" TEXT NOT NULL,
    "functionId" TEXT NOT NULL,
    "status" "run_status" NOT NULL,
    "until" TIMESTAMPTZ(3),
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "eventId" TEXT NOT NULL,
    "eventName" TEXT NOT NULL,
    "events" JSONB NOT NULL,
    "record" TEXT,
    "parentRunId" TEXT,
    "parentStepId" TEXT,
    "output" JSONB,
    "error" JSONB,
    "progress" JSONB,
    "queuedAt" TIMESTAMPTZ(3) NOT NULL,
    "startedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "calledAt" TIMESTAMPTZ(3) NOT NULL,
    "isConfirmed" BOOLEAN NOT NULL DEFAULT false,
    "lookUpAt" TIMESTAMPTZ(3),

    CONSTRAINT "Run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RunStep" (
    "runId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "status" "step_status" NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "input" JSONB,
    "output" JSONB,
    "error" JSONB,
    "until" TIMESTAMPTZ(3),
    "foundAt" TIMESTAMPTZ(3) NOT NULL,
    "startedAt" TIMESTAMPTZ(3),
    "attemptStartedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "isMemoised" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "RunStep_pkey" PRIMARY KEY ("runId","id")
);

-- CreateTable
CREATE TABLE "FailedAttempt" (
    "runId" TEXT NOT NULL,
    "stepId" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3) NOT NULL,
    "error" JSONB NOT NULL,
    "retryAt" TIMESTAMPTZ(3),

    CONSTRAINT "FailedAttempt_pkey" PRIMARY KEY ("runId","stepId","attempt")
);

-- CreateTable
CREATE TABLE "RunLine" (
    "id" BIGSERIAL NOT NULL,
    "runId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "RunLine_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AwaitedRun" (
    "eventId" TEXT NOT NULL,
    "functionId" TEXT NOT NULL,
    "eventName" TEXT NOT NULL,
    "serverEventId" TEXT NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "lookUpAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AwaitedRun_pkey" PRIMARY KEY ("eventId","functionId")
);

-- CreateTable
CREATE TABLE "RunCount" (
    "id" BIGSERIAL NOT NULL,
    "functionId" TEXT NOT NULL,
    "status" "run_status",
    "amount" INTEGER NOT NULL,

    CONSTRAINT "RunCount_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ServerFunction" (
    "serverId" TEXT NOT NULL,
    "functionId" TEXT NOT NULL,

    CONSTRAINT "ServerFunction_pkey" PRIMARY KEY ("serverId")
);

-- CreateIndex
CREATE INDEX "Run_queuedAt_id_idx" ON "Run"("queuedAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Run_status_queuedAt_id_idx" ON "Run"("status", "queuedAt" DESC, "id" DESC) WHERE "status" <> 'completed';

-- CreateIndex
CREATE INDEX "Run_functionId_queuedAt_id_idx" ON "Run"("functionId", "queuedAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Run_functionId_status_queuedAt_id_idx" ON "Run"("functionId", "status", "queuedAt" DESC, "id" DESC) WHERE "status" <> 'completed';

-- CreateIndex
CREATE INDEX "Run_eventId_idx" ON "Run"("eventId");

-- CreateIndex
CREATE INDEX "Run_record_queuedAt_id_idx" ON "Run"("record", "queuedAt" DESC, "id" DESC) WHERE "record" IS NOT NULL;

-- CreateIndex
CREATE INDEX "Run_parentRunId_idx" ON "Run"("parentRunId") WHERE "parentRunId" IS NOT NULL;

-- CreateIndex
CREATE INDEX "Run_lookUpAt_idx" ON "Run"("lookUpAt") WHERE "lookUpAt" IS NOT NULL;

-- CreateIndex
CREATE INDEX "RunLine_runId_id_idx" ON "RunLine"("runId", "id");

-- CreateIndex
CREATE INDEX "AwaitedRun_lookUpAt_idx" ON "AwaitedRun"("lookUpAt");

-- CreateIndex
CREATE INDEX "AwaitedRun_dueAt_idx" ON "AwaitedRun"("dueAt");

-- AddForeignKey
ALTER TABLE "RunStep" ADD CONSTRAINT "RunStep_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FailedAttempt" ADD CONSTRAINT "FailedAttempt_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunLine" ADD CONSTRAINT "RunLine_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma's schema can't state.
ALTER TABLE "Run" ADD CONSTRAINT "Run_ended_fits" CHECK (("status" IN ('completed', 'failed', 'cancelled')) = ("endedAt" IS NOT NULL));
ALTER TABLE "RunStep" ADD CONSTRAINT "RunStep_ended_fits" CHECK (("status" IN ('completed', 'failed')) = ("endedAt" IS NOT NULL));

-- Counts follow every change, whoever makes it. They are added as rows of their own, since one row for each function
-- and status would make all writers wait for each other; `foldRunCounts` puts them together again.
CREATE FUNCTION "countRuns"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO "RunCount" ("functionId", "status", "amount")
    SELECT "functionId", "status", count(*) FROM added GROUP BY 1, 2;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO "RunCount" ("functionId", "status", "amount")
    SELECT "functionId", "status", -count(*) FROM gone GROUP BY 1, 2;
  ELSE
    INSERT INTO "RunCount" ("functionId", "status", "amount")
    SELECT "functionId", "status", sum(n)
    FROM (
      SELECT "functionId", "status", 1 AS n FROM added
      UNION ALL
      SELECT "functionId", "status", -1 FROM gone
    ) AS change
    GROUP BY 1, 2 HAVING sum(n) <> 0;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "Run_counts_added" AFTER INSERT ON "Run" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "countRuns"();
CREATE TRIGGER "Run_counts_gone" AFTER DELETE ON "Run" REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION "countRuns"();
CREATE TRIGGER "Run_counts_changed" AFTER UPDATE ON "Run" REFERENCING NEW TABLE AS added OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION "countRuns"();

CREATE FUNCTION "countAwaitedRuns"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO "RunCount" ("functionId", "amount") SELECT "functionId", count(*) FROM added GROUP BY 1;
  ELSE
    INSERT INTO "RunCount" ("functionId", "amount") SELECT "functionId", -count(*) FROM gone GROUP BY 1;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "AwaitedRun_counts_added" AFTER INSERT ON "AwaitedRun" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "countAwaitedRuns"();
CREATE TRIGGER "AwaitedRun_counts_gone" AFTER DELETE ON "AwaitedRun" REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION "countAwaitedRuns"();
