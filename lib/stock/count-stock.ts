import type { Tx } from '../db'
import { lockStock, moveStock } from './move-stock'

/** How many pieces of a product somebody has counted, or a file says there are. */
export type Count = {
  productId: string
  onHand: number
  /** From the business fact and the product, such as `import/<id>/<productId>`. */
  key: string
  note?: string | undefined
}

/** A count that can't be right: more is promised to orders. */
export type ShortCount = { productId: string; counted: number; reserved: number }

/**
 * Sets what is on hand of many products to what was counted, in the caller's transaction. A count of less than is reserved
 * is left out and told; one that says what is there already leaves no line in the ledger. Of two counts of one product the
 * last one holds. A key that is there already changes nothing. A product of another shop is not there, and left out.
 * @param kind by whom it was counted: `adjusted` by hand, `imported` by a file.
 */
export async function countStock(
  tx: Tx,
  { accountId, kind, counts }: { accountId: string; kind: 'adjusted' | 'imported'; counts: readonly Count[] },
): Promise<ShortCount[]> {
  const stock = await lockStock(tx, { accountId, productIds: counts.map(({ productId }) => productId) })
  const lastCounts = new Map(counts.map((count) => [count.productId, count]))
  const found = [...lastCounts.values()].flatMap((count) => {
    const product = stock.get(count.productId)
    return product ? [{ ...count, delta: count.onHand - product.onHand, reserved: product.reserved }] : []
  })
  const fitting = found.filter(({ onHand, reserved, delta }) => onHand >= reserved && delta !== 0)
  await moveStock(
    tx,
    fitting.map(({ productId, delta, key, note }) => ({ productId, kind, onHandDelta: delta, key, note })),
  )
  return found
    .filter(({ onHand, reserved }) => onHand < reserved)
    .map(({ productId, onHand, reserved }) => ({ productId, counted: onHand, reserved }))
}
