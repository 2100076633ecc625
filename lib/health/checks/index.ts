import type { Check } from '../check'
import { databaseCheck } from './database'
import { deadLettersCheck } from './dead-letters'
import { ordersCheck } from './orders'
import { outboxCheck } from './outbox'
import { mailCheck, paymentsCheck } from './providers'
import { runsCheck } from './runs'
import { schedulesCheck } from './schedules'

/** Every check, in the order in which they are made: what costs most time comes last. */
export const checks: readonly Check[] = [
  databaseCheck,
  outboxCheck,
  runsCheck,
  ordersCheck,
  deadLettersCheck,
  schedulesCheck,
  mailCheck,
  paymentsCheck,
]
