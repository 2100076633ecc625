import { describe, expect, it } from 'vitest'
import { closeAccount } from '@/lib/accounts/close-account'
import { renameShop, renameShopForm } from '@/lib/accounts/rename-shop'
import { db } from '@/lib/db'
import { openShop, ownShopDatabase } from '../../support/shop'

ownShopDatabase()

const accountOf = (id: string) => db().account.findUniqueOrThrow({ where: { id } })

describe('the name of a shop', () => {
  it('is changed, and its address stays', async () => {
    const { userId, account } = await openShop()
    await renameShop({ userId, account }, renameShopForm.parse({ shopName: '  Quiet Corner ' }))
    expect(await accountOf(account.id)).toMatchObject({ name: 'Quiet Corner', slug: account.slug })
  })

  it('is changed by its owner alone, and while it is open', async () => {
    const [ann, bob] = [await openShop(), await openShop()]
    await renameShop({ userId: bob.userId, account: ann.account }, { shopName: 'Mine' })
    await closeAccount(ann)
    await renameShop(ann, { shopName: 'Closed' })
    expect(await accountOf(ann.account.id)).toMatchObject({ name: ann.account.name })
  })

  it.each([
    [{}, 'a name for your shop should be a text.'],
    [{ shopName: ' ' }, 'Enter a name for your shop.'],
    [{ shopName: 'x'.repeat(81) }, 'Use 80 characters at most.'],
    [{ shopName: 'a\u0000b' }, 'Leave out control characters.'],
  ])('is refused in words for %j', (form, message) => {
    const issues = renameShopForm.safeParse(form).error?.issues
    expect(issues).toMatchObject([{ path: ['shopName'], message }])
  })
})
