-- CreateEnum
CREATE TYPE "schedule_slot_status" AS ENUM ('done', 'skipped');

-- CreateEnum
CREATE TYPE "report_type" AS ENUM ('daily', 'weekly', 'monthly');

-- CreateEnum
CREATE TYPE "letter_batch_status" AS ENUM ('sending', 'sent', 'apart', 'unknown');

-- AlterTable
ALTER TABLE "Account" ADD COLUMN "reportHour" INTEGER NOT NULL DEFAULT 9,
ADD COLUMN "reportRecipients" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "Letter" ADD COLUMN "batchId" TEXT;

-- CreateTable
CREATE TABLE "ScheduleSlot" (
    "scheduleId" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "slot" TIMESTAMPTZ(3) NOT NULL,
    "status" "schedule_slot_status" NOT NULL,
    "decidedAt" TIMESTAMPTZ(3) NOT NULL,
    "lateMs" BIGINT NOT NULL,
    "outcome" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "ScheduleSlot_pkey" PRIMARY KEY ("scheduleId","scope","slot")
);

-- CreateTable
CREATE TABLE "ReportSchedule" (
    "accountId" TEXT NOT NULL,
    "type" "report_type" NOT NULL,
    "isOn" BOOLEAN NOT NULL DEFAULT true,
    "decidedUpTo" TIMESTAMPTZ(3) NOT NULL,
    "lookAt" TIMESTAMPTZ(3),

    CONSTRAINT "ReportSchedule_pkey" PRIMARY KEY ("accountId","type")
);

-- CreateTable
CREATE TABLE "Report" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "type" "report_type" NOT NULL,
    "startDate" DATE NOT NULL,
    "endDate" DATE NOT NULL,
    "timeZone" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "figures" JSONB NOT NULL,
    "madeAt" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "requestId" TEXT,

    CONSTRAINT "Report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Unsubscription" (
    "email" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Unsubscription_pkey" PRIMARY KEY ("email","topic")
);

-- CreateTable
CREATE TABLE "LetterBatch" (
    "id" TEXT NOT NULL,
    "status" "letter_batch_status" NOT NULL DEFAULT 'sending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lastError" TEXT,
    "firstTryAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "LetterBatch_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ScheduleSlot_scheduleId_slot_idx" ON "ScheduleSlot"("scheduleId", "slot" DESC);

-- CreateIndex
CREATE INDEX "ReportSchedule_type_lookAt_accountId_idx" ON "ReportSchedule"("type", "lookAt", "accountId") WHERE "isOn";

-- CreateIndex
CREATE UNIQUE INDEX "Report_accountId_type_startDate_endDate_key" ON "Report"("accountId", "type", "startDate", "endDate");

-- CreateIndex
CREATE INDEX "Report_accountId_startDate_idx" ON "Report"("accountId", "startDate" DESC);

-- CreateIndex
CREATE INDEX "Letter_batchId_idx" ON "Letter"("batchId") WHERE "batchId" IS NOT NULL;

-- AddForeignKey
ALTER TABLE "ReportSchedule" ADD CONSTRAINT "ReportSchedule_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Report" ADD CONSTRAINT "Report_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Letter" ADD CONSTRAINT "Letter_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "LetterBatch"("id") ON DELETE SET NULL ON UPDATE CASCADE;


-- What Prisma's schema can't state.
-- What was given back in a while, and what could not be done.
CREATE INDEX "Order_ended_at_idx" ON "Order"("accountId", "endedAt") INCLUDE ("status", "totalMinor", "currency", "confirmedAt") WHERE "endedAt" IS NOT NULL;

ALTER TABLE "Account" ADD CONSTRAINT "Account_reports_fit" CHECK ("reportHour" BETWEEN 0 AND 23 AND cardinality("reportRecipients") <= 20);
ALTER TABLE "ScheduleSlot" ADD CONSTRAINT "ScheduleSlot_comes_before_it_is_decided" CHECK ("lateMs" >= 0 AND "slot" <= "decidedAt");
ALTER TABLE "Report" ADD CONSTRAINT "Report_period_fits" CHECK ("startDate" <= "endDate" AND "endDate" - "startDate" < 400);
ALTER TABLE "Report" ADD CONSTRAINT "Report_currency_is_a_code" CHECK ("currency" ~ '^[A-Z]{3}$');
ALTER TABLE "Unsubscription" ADD CONSTRAINT "Unsubscription_email_is_folded" CHECK ("email" = lower("email") AND "email" <> '');

-- Every account has its reports, however it came to be: from its first look on, which is at once, the slots are worked out
-- by the app, which alone knows what the clocks of a zone do.
CREATE FUNCTION "openReportSchedules"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "ReportSchedule" ("accountId", "type", "decidedUpTo", "lookAt")
  SELECT "id", type, "createdAt", "createdAt" FROM added CROSS JOIN unnest(enum_range(NULL::"report_type")) AS type;
  RETURN NULL;
END $$;
CREATE TRIGGER "Account_has_reports" AFTER INSERT ON "Account" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "openReportSchedules"();

-- Those that are there already begin now.
INSERT INTO "ReportSchedule" ("accountId", "type", "decidedUpTo", "lookAt")
SELECT "id", type, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP FROM "Account" CROSS JOIN unnest(enum_range(NULL::"report_type")) AS type;
