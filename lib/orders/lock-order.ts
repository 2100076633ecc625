import { NonRetriableError } from 'inngest'
import { db, type Tx } from '../db'
import type { Order } from '../db/generated/client'

/** A crowd of orders waits in turn for the pool; that is no reason to fail. */
const WAIT_MS = 15_000

/**
 * Does something with an order in a transaction of its own that holds the order's row from its first statement on: of
 * two verbs of one order, the second sees what the first has done.
 * @throws NonRetriableError where there is no such order.
 */
export function withOrder<T>(orderId: string, verb: (tx: Tx, order: Order) => Promise<T>): Promise<T> {
  return db().$transaction(
    async (tx) => {
      // What settles an order's stock refers to its row; this lock lets it.
      await tx.$queryRaw`SELECT 1 FROM "Order" WHERE "id" = ${orderId} FOR NO KEY UPDATE`
      const order = await tx.order.findUnique({ where: { id: orderId } })
      if (!order) throw new NonRetriableError(`There is no order ${orderId}.`)
      return verb(tx, order)
    },
    { maxWait: WAIT_MS, timeout: WAIT_MS },
  )
}

/** Whether an order may still be worked on towards its confirmation. Pure. */
export function isUnderWay({ status, endingAs }: Pick<Order, 'status' | 'endingAs'>): boolean {
  return status === 'placed' && endingAs === null
}
