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
