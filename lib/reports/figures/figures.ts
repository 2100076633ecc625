import { z } from 'zod'

const count = z.int().min(0)
const amount = z.int()

/** A figure of a period, beside that of the period before. */
const beside = <Value extends z.ZodType>(value: Value) => z.object({ now: value, before: value })

const sold = { quantity: count, revenueMinor: amount }
const days = z.array(z.object({ date: z.iso.date(), orders: count, revenueMinor: amount }))

/** A shop's figures of a period. Amounts are in minor units of the report's currency. */
export const figuresSchema = z.object({
  /** Paid, and confirmed; of the time in which their card was given. */
  orders: beside(count),
  /** What those came to, before anything of it was given back. */
  revenueMinor: beside(amount),
  /**
   * Given back: orders in full that ended so in the period, whenever they were placed; and what was given back so far of the
   * period's orders that stand, since nobody has told when.
   */
  refundedMinor: beside(amount),
  /** Null where there was no order. */
  averageOrderMinor: beside(amount.nullable()),
  /** Those who have ordered for the first time. */
  newCustomers: beside(count),
  /** The revenue of each day, oldest first; of a daily report the last seven days. */
  days,
  /** The days of the period before, oldest first; none of a daily report, whose days hold the day before. */
  daysBefore: days.default([]),
  /** By revenue, at most five. `before` is what each brought in the period before; older reports have none. */
  bestProducts: z.array(
    z.object({ productId: z.string(), title: z.string(), ...sold, before: z.object(sold).nullish() }),
  ),
  /**
   * As the stock was when the report was made: how many run low, and those with the least left, at most five. `before` is how
   * many ran low by the report of the period before; null where there was none.
   */
  lowStock: z.object({
    count,
    before: count.nullish(),
    products: z.array(z.object({ productId: z.string(), title: z.string(), available: z.int() })),
  }),
  /** What could not be done, and waits for the owner. */
  failedWork: z.object({ orders: beside(count), imports: beside(count), images: beside(count) }),
})

export type Figures = z.infer<typeof figuresSchema>
