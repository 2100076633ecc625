import { closeDb } from '@/lib/db'
import { forgetEnv } from '@/lib/env'
import { keepEnvironment } from '../../support/keep-environment'
import { addProduct, openShop } from '../../support/shop'
import type { CrashWorld } from '../world'

export type CrashShop = { accountId: string; slug: string; products: string[] }

/** Of the last one there is too little for all who want it. */
const STOCK = [100_000, 100_000, 100_000, 10]

/** A shop in the world's database, opened before anything is struck. */
export async function openCrashShop({ databaseUrl }: CrashWorld): Promise<CrashShop> {
  const restoreEnvironment = keepEnvironment()
  Object.assign(process.env, { BACKROOM_MODE: 'local', BACKROOM_ENGINE: 'external', DATABASE_URL: databaseUrl })
  process.env.SESSION_SECRET = 'a'.repeat(64)
  forgetEnv()
  try {
    const owner = await openShop()
    const products: string[] = []
    for (const onHand of STOCK) products.push(await addProduct(owner, { onHand }))
    return { accountId: owner.account.id, slug: owner.account.slug, products }
  } finally {
    await closeDb()
    restoreEnvironment()
    forgetEnv()
  }
}
