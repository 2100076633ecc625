-- CreateEnum
CREATE TYPE "schedule_slot_status" AS ENUM ('done', 'skipped');

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

-- CreateIndex
CREATE INDEX "ScheduleSlot_scheduleId_slot_idx" ON "ScheduleSlot"("scheduleId", "slot" DESC);


-- What Prisma's schema can't state.
ALTER TABLE "ScheduleSlot" ADD CONSTRAINT "ScheduleSlot_comes_before_it_is_decided" CHECK ("lateMs" >= 0 AND "slot" <= "decidedAt");
