-- AlterTable
ALTER TABLE "Letter" ADD COLUMN "refusals" INTEGER NOT NULL DEFAULT 0;

-- CreateEnum
CREATE TYPE "dead_letter_status" AS ENUM ('open', 'replaying', 'replayed', 'discarded');

-- CreateTable
CREATE TABLE "DeadLetterGroup" (
    "id" TEXT NOT NULL,
    "functionId" TEXT NOT NULL,
    "errorName" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "alertedAt" TIMESTAMPTZ(3) NOT NULL,
    "firstAt" TIMESTAMPTZ(3) NOT NULL,
    "lastAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DeadLetterGroup_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DeadLetter" (
    "id" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "groupId" TEXT NOT NULL,
    "functionId" TEXT NOT NULL,
    "status" "dead_letter_status" NOT NULL DEFAULT 'open',
    "events" JSONB NOT NULL,
    "isRedacted" BOOLEAN NOT NULL DEFAULT false,
    "error" JSONB NOT NULL,
    "attempts" INTEGER NOT NULL,
    "failedAt" TIMESTAMPTZ(3) NOT NULL,
    "closedAt" TIMESTAMPTZ(3),
    "discardReason" TEXT,
    "fromReplayId" TEXT,

    CONSTRAINT "DeadLetter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Replay" (
    "id" TEXT NOT NULL,
    "deadLetterId" TEXT NOT NULL,
    "requestedBy" TEXT NOT NULL,
    "requestedAt" TIMESTAMPTZ(3) NOT NULL,
    "data" JSONB,
    "runId" TEXT,
    "endedAt" TIMESTAMPTZ(3),
    "failedAgain" BOOLEAN,

    CONSTRAINT "Replay_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actorId" TEXT NOT NULL,
    "actorEmail" TEXT NOT NULL,
    "act" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "details" JSONB NOT NULL,

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "DeadLetterGroup_functionId_errorName_cause_key" ON "DeadLetterGroup"("functionId", "errorName", "cause");

-- CreateIndex
CREATE UNIQUE INDEX "DeadLetter_runId_key" ON "DeadLetter"("runId");

-- CreateIndex
CREATE INDEX "DeadLetter_groupId_status_failedAt_idx" ON "DeadLetter"("groupId", "status", "failedAt" DESC);

-- CreateIndex
CREATE INDEX "DeadLetter_status_failedAt_idx" ON "DeadLetter"("status", "failedAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "Replay_runId_key" ON "Replay"("runId");

-- CreateIndex
CREATE INDEX "Replay_deadLetterId_idx" ON "Replay"("deadLetterId");

-- CreateIndex
CREATE INDEX "AuditEntry_subject_idx" ON "AuditEntry"("subject");

-- AddForeignKey
ALTER TABLE "DeadLetter" ADD CONSTRAINT "DeadLetter_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "DeadLetterGroup"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Replay" ADD CONSTRAINT "Replay_deadLetterId_fkey" FOREIGN KEY ("deadLetterId") REFERENCES "DeadLetter"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What Prisma's schema can't state.
ALTER TABLE "DeadLetter" ADD CONSTRAINT "DeadLetter_closed_fits" CHECK (("status" IN ('replayed', 'discarded')) = ("closedAt" IS NOT NULL));
ALTER TABLE "DeadLetter" ADD CONSTRAINT "DeadLetter_reason_fits" CHECK (("status" = 'discarded') = ("discardReason" IS NOT NULL));
ALTER TABLE "Replay" ADD CONSTRAINT "Replay_ended_fits" CHECK (("endedAt" IS NOT NULL) = ("failedAgain" IS NOT NULL));
