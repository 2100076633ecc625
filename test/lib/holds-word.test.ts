import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { holds } from '@/lib/holds-word'
import { addOrders } from '../support/orders'
import { openShop, ownShopDatabase } from '../support/shop'

ownShopDatabase()

/** What a condition says of a text, and what looking for the word's letters in it does. */
async function saidOf(text: string, word: string): Promise<{ isHeld: boolean; isThere: boolean }> {
  const [said] = await db().$queryRaw<{ isHeld: boolean; isThere: boolean }[]>`
    SELECT (${holds(word)}) AS "isHeld", strpos("searchText", "foldText"(${word})) > 0 AS "isThere"
    FROM (SELECT "foldText"(${text}) AS "searchText") AS named`
  return said ?? { isHeld: false, isThere: false }
}

const letters = fc.constantFrom(...'aßøÉłЯрвеΣίςשרה王偉美咲茶ガ한🛍 -1')
const text = fc.array(letters, { maxLength: 14 }).map((each) => each.join(''))
const word = fc.array(letters, { minLength: 1, maxLength: 3 }).map((each) => each.join('').replaceAll(' ', ''))
const isBeyondAscii = (some: string) => /[^\p{ASCII}]/u.test(some.normalize('NFKD').replace(/[\u0300-\u036f]/g, ''))

describe('a word that has letters beyond ASCII', () => {
  it('is held wherever its letters are, and nowhere else', async () => {
    const pair = fc.tuple(text, word.filter(isBeyondAscii), fc.boolean())
    let found = 0
    await fc.assert(
      fc.asyncProperty(pair, async ([before, some, isIn]) => {
        const said = await saidOf(isIn ? `${before}${some}${before}` : before, some)
        expect(said.isHeld).toBe(said.isThere)
        found += Number(said.isThere)
      }),
      { numRuns: 300 },
    )
    expect(found).toBeGreaterThan(100)
  })

  it.each([
    ['Ярослав Мудрый', 'ЯРОСЛАВ'],
    ['王偉', '偉'],
    ['ガラス', 'ガラ'],
    ['Łódź', 'ł'],
    ['Mug 🛍', '🛍'],
  ])('is found by an index: in %s, %s', async (name, some) => {
    const shop = await openShop()
    expect(await saidOf(name, some)).toEqual({ isHeld: true, isThere: true })
    await addOrders(shop, 3_000)
    await db().$executeRaw`ANALYZE "Order"`
    const plan = await db().$queryRaw`EXPLAIN SELECT "number" FROM "Order" WHERE ${holds(some)}`
    expect(JSON.stringify(plan)).toContain('Order_search_other_letters_idx')
  })
})
