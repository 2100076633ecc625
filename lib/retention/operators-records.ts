import { db } from '../db'
import { env } from '../env'
import { daysBefore, type Removal } from './removal'

export const auditEntries: Removal = {
  kind: 'audit-entries',
  removeSome: ({ realAt }, most) => db().$executeRaw`
    DELETE FROM "AuditEntry" WHERE "id" IN (
      SELECT "id" FROM "AuditEntry" WHERE "at" < ${daysBefore(realAt, env().retention.auditDays)}
      ORDER BY "id" LIMIT ${most} FOR UPDATE SKIP LOCKED
    )`,
}

/** Slots of schedules, but for the last one of each: the next ones are counted from it. */
export const scheduleSlots: Removal = {
  kind: 'schedule-slots',
  removeSome: ({ at }, most) => db().$executeRaw`
    DELETE FROM "ScheduleSlot" WHERE ("scheduleId", "scope", "slot") IN (
      SELECT old."scheduleId", old."scope", old."slot" FROM "ScheduleSlot" AS old
      WHERE old."slot" < ${daysBefore(at, env().retention.slotsDays)}
        AND EXISTS (
          SELECT 1 FROM "ScheduleSlot" AS later
          WHERE later."scheduleId" = old."scheduleId" AND later."scope" = old."scope" AND later."slot" > old."slot"
        )
      LIMIT ${most} FOR UPDATE OF old SKIP LOCKED
    )`,
}

/** Incidents that are over. */
export const incidents: Removal = {
  kind: 'incidents',
  removeSome: ({ at }, most) => db().$executeRaw`
    DELETE FROM "Incident" WHERE "id" IN (
      SELECT "id" FROM "Incident" WHERE "closedAt" < ${daysBefore(at, env().retention.incidentsDays)}
      LIMIT ${most} FOR UPDATE SKIP LOCKED
    )`,
}

/** Differences to the payment provider that are closed. */
export const paymentDiscrepancies: Removal = {
  kind: 'payment-discrepancies',
  removeSome: ({ at }, most) => db().$executeRaw`
    DELETE FROM "PaymentDiscrepancy" WHERE "id" IN (
      SELECT "id" FROM "PaymentDiscrepancy" WHERE "closedAt" < ${daysBefore(at, env().retention.incidentsDays)}
      LIMIT ${most} FOR UPDATE SKIP LOCKED
    )`,
}
