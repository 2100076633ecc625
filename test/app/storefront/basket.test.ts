import { describe, expect, it } from 'vitest'
import { randomKey } from '@/app/_ui/random-key'
import {
  type BasketItem,
  piecesOf,
  piecesOfProduct,
  readItems,
  withMore,
  withQuantity,
} from '@/app/s/[slug]/_basket/items'
import { keyFor } from '@/app/s/[slug]/checkout/form-key'
import { stockWords } from '@/app/s/[slug]/stock-words'

const item = (productId: string, quantity = 1): BasketItem => ({
  ...{ productId, quantity, title: productId, priceMinor: 1_250, currency: 'USD' },
})

describe('a basket that a browser keeps', () => {
  it('is read as it was kept', () => {
    const items = [item('mug', 2), item('lamp')]
    expect(readItems(JSON.stringify(items))).toEqual(items)
  })

  it.each([null, '', '{', 'null', '7', '"x"', '{"0":1}', '[null]', '[[]]', '[{"productId":"mug"}]'])(
    'is empty where %s was kept',
    (text) => {
      expect(readItems(text)).toEqual([])
    },
  )

  it('leaves out what can’t be, and what is there twice', () => {
    const odd = [
      ...[{ quantity: 0 }, { quantity: 1.5 }, { quantity: 1_001 }, { quantity: '1' }, { productId: 'a/b' }],
      ...[{ priceMinor: null }, { currency: 'dollars' }, { title: 7 }],
    ].map((change) => ({ ...item('mug'), ...change }))
    expect(readItems(JSON.stringify([...odd, { ...item('lamp'), more: 1 }, item('lamp', 3)]))).toEqual([item('lamp')])
    expect(readItems(JSON.stringify(Array.from({ length: 60 }, (_, n) => item(`p${n}`))))).toHaveLength(50)
  })

  it('takes more of what is in it, at its price of now, and something new at its end', () => {
    const dearer = { ...item('mug', 2), priceMinor: 1_300 }
    expect(withMore([item('mug'), item('lamp')], dearer)).toEqual([{ ...dearer, quantity: 3 }, item('lamp')])
    expect(withMore([item('mug')], item('lamp'))).toEqual([item('mug'), item('lamp')])
    expect(withMore([item('mug', 999)], item('mug', 5))).toEqual([item('mug', 1_000)])
  })

  it('has room for fifty products, and for more of each of them', () => {
    const full = Array.from({ length: 50 }, (_, n) => item(`p${n}`))
    expect(withMore(full, item('mug'))).toBeNull()
    expect(piecesOf(withMore(full, item('p7')) ?? [])).toBe(51)
  })

  it('changes how many there are of a product, and lets it go at none', () => {
    const items = [item('mug'), item('lamp')]
    expect(piecesOfProduct(withQuantity(items, 'mug', 4), 'mug')).toBe(4)
    expect(withQuantity(items, 'mug', 0)).toEqual([item('lamp')])
    expect(withQuantity(items, 'tub', 2)).toEqual(items)
  })
})

describe('the key of a checkout’s form', () => {
  it('stays with the same content, and is another one for another', () => {
    const first = keyFor('a', { key: 'k1', content: null }, () => 'k2')
    expect(first).toEqual({ key: 'k1', content: 'a' })
    expect(keyFor('a', first, () => 'k2')).toEqual(first)
    expect(keyFor('b', first, () => 'k2')).toEqual({ key: 'k2', content: 'b' })
  })

  it('is a UUID like no other', () => {
    const keys = Array.from({ length: 100 }, randomKey)
    for (const key of keys) expect(key).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    expect(new Set(keys).size).toBe(100)
  })
})

it.each([
  [0, 'Sold out'],
  [1, 'Only 1 left'],
  [5, 'Only 5 left'],
  [6, 'In stock'],
])('%d pieces are told as “%s”', (available, words) => {
  expect(stockWords(available)).toBe(words)
})
